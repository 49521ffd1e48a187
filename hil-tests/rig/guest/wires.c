#include "wires.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PINS "/sys/devices/platform/rig-gpio/"
#define PULSES "/sys/devices/platform/rig-pwm/level"

const char *const wire_names[WIRES] = {"HEATER", "FAN", "TACH", "ESTOP", "PWM"};

// Of a board: a request of one line each; -1 for none.
static int requests[WIRES] = {-1, -1, -1, -1, -1};
static int is_board;

int wire_named(const char *name) {
    for (int i = 0; i < WIRES; i++)
        if (strcmp(wire_names[i], name) == 0) return i;
    return -1;
}

static int request(int wire, const char *chip, unsigned offset) {
    char path[64];
    snprintf(path, sizeof path, "/dev/%s", chip);
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return -1;
    struct gpio_v2_line_request wanted = {.offsets = {offset}, .num_lines = 1};
    snprintf(wanted.consumer, sizeof wanted.consumer, "flyball-rig");
    wanted.config.flags = wire == TACH || wire == ESTOP ? GPIO_V2_LINE_FLAG_OUTPUT
                                                        : GPIO_V2_LINE_FLAG_INPUT;
    if (wire == ESTOP) {
        // The emergency stop is a closed contact.
        wanted.config.num_attrs = 1;
        wanted.config.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES;
        wanted.config.attrs[0].attr.values = 1;
        wanted.config.attrs[0].mask = 1;
    }
    int failed = ioctl(descriptor, GPIO_V2_GET_LINE_IOCTL, &wanted);
    close(descriptor);
    return failed ? -1 : wanted.fd;
}

int wires_open(int count, char **words) {
    is_board = 1;
    for (int i = 0; i < count; i++) {
        char name[16], chip[32];
        unsigned offset;
        int wire = -1;
        if (sscanf(words[i], "%15[A-Z]=%31[^:/]:%u", name, chip, &offset) == 3)
            wire = wire_named(name);
        if (wire >= 0 && wire != PWM) requests[wire] = request(wire, chip, offset);
        if (wire < 0 || requests[wire] < 0) {
            fprintf(stderr, "agent: %s: %s\n", words[i],
                    wire < 0 || wire == PWM ? "no such line" : strerror(errno));
            return -1;
        }
    }
    return 0;
}

static void look_at_guest(int levels[WIRES]) {
    static int pins = -1, pulses = -1;
    char text[16] = "";
    if (pins < 0) pins = open(PINS "levels", O_RDONLY | O_CLOEXEC);
    if (pins >= 0 && pread(pins, text, sizeof text - 1, 0) >= PWM) {
        for (int i = 0; i < PWM; i++) levels[i] = text[i] - '0';
    } else if (pins >= 0) {
        close(pins);
        pins = -1;
    }
    if (pulses < 0) pulses = open(PULSES, O_RDONLY | O_CLOEXEC);
    if (pulses >= 0 && pread(pulses, text, sizeof text - 1, 0) > 0) levels[PWM] = atoi(text);
}

void wires_look(int levels[WIRES]) {
    for (int i = 0; i < WIRES; i++) levels[i] = -1;
    if (!is_board) {
        look_at_guest(levels);
        return;
    }
    for (int i = 0; i < WIRES; i++) {
        struct gpio_v2_line_values values = {.mask = 1};
        if (requests[i] >= 0 && ioctl(requests[i], GPIO_V2_LINE_GET_VALUES_IOCTL, &values) == 0)
            levels[i] = (int)(values.bits & 1);
    }
}

void wires_pull(int wire, int level) {
    if (is_board) {
        struct gpio_v2_line_values values = {.mask = 1, .bits = (unsigned)level & 1};
        if (requests[wire] >= 0) ioctl(requests[wire], GPIO_V2_LINE_SET_VALUES_IOCTL, &values);
        return;
    }
    int descriptor = open(PINS "pull", O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    dprintf(descriptor, "%d %d", wire, level);
    close(descriptor);
}
