#include "requests.h"

#if FLYBALL_GPIO_API == 2

#include <errno.h>
#include <string.h>

int32_t flyball_gpio_chip(const char *path, char *name, char *label, uint32_t capacity,
                          uint32_t *lines) {
    errno = 0;
    struct gpiod_chip *chip = gpiod_chip_open(path);
    if (!chip) return flyball_gpio_failure();
    struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
    int32_t status = info ? 0 : flyball_gpio_failure();
    if (info) {
        flyball_gpio_copy(name, gpiod_chip_info_get_name(info), capacity);
        flyball_gpio_copy(label, gpiod_chip_info_get_label(info), capacity);
        *lines = (uint32_t)gpiod_chip_info_get_num_lines(info);
        gpiod_chip_info_free(info);
    }
    gpiod_chip_close(chip);
    return status;
}

int32_t flyball_gpio_line(const char *path, uint32_t offset, char *name, char *consumer,
                          uint32_t capacity, uint32_t *state) {
    errno = 0;
    struct gpiod_chip *chip = gpiod_chip_open(path);
    if (!chip) return flyball_gpio_failure();
    struct gpiod_line_info *info = gpiod_chip_get_line_info(chip, offset);
    int32_t status = info ? 0 : flyball_gpio_failure();
    if (info) {
        flyball_gpio_copy(name, gpiod_line_info_get_name(info), capacity);
        flyball_gpio_copy(consumer, gpiod_line_info_get_consumer(info), capacity);
        *state = (gpiod_line_info_is_used(info) ? FLYBALL_GPIO_USED : 0)
            | (gpiod_line_info_get_direction(info) == GPIOD_LINE_DIRECTION_OUTPUT
                   ? FLYBALL_GPIO_IS_OUTPUT
                   : 0);
        gpiod_line_info_free(info);
    }
    gpiod_chip_close(chip);
    return status;
}

static int edge_of(uint32_t flags) {
    switch (flags & (FLYBALL_GPIO_RISING | FLYBALL_GPIO_FALLING)) {
    case FLYBALL_GPIO_RISING: return GPIOD_LINE_EDGE_RISING;
    case FLYBALL_GPIO_FALLING: return GPIOD_LINE_EDGE_FALLING;
    case 0: return GPIOD_LINE_EDGE_NONE;
    default: return GPIOD_LINE_EDGE_BOTH;
    }
}

static int bias_of(uint32_t flags) {
    if (flags & FLYBALL_GPIO_BIAS_DISABLED) return GPIOD_LINE_BIAS_DISABLED;
    if (flags & FLYBALL_GPIO_PULL_UP) return GPIOD_LINE_BIAS_PULL_UP;
    return flags & FLYBALL_GPIO_PULL_DOWN ? GPIOD_LINE_BIAS_PULL_DOWN : GPIOD_LINE_BIAS_AS_IS;
}

static int drive_of(uint32_t flags) {
    if (flags & FLYBALL_GPIO_OPEN_DRAIN) return GPIOD_LINE_DRIVE_OPEN_DRAIN;
    return flags & FLYBALL_GPIO_OPEN_SOURCE ? GPIOD_LINE_DRIVE_OPEN_SOURCE
                                            : GPIOD_LINE_DRIVE_PUSH_PULL;
}

static bool set_all(struct gpiod_line_settings *settings, uint32_t flags) {
    bool is_output = flags & FLYBALL_GPIO_OUTPUT;
    gpiod_line_settings_set_active_low(settings, flags & FLYBALL_GPIO_ACTIVE_LOW);
    return gpiod_line_settings_set_direction(
               settings, is_output ? GPIOD_LINE_DIRECTION_OUTPUT : GPIOD_LINE_DIRECTION_INPUT) == 0
        && gpiod_line_settings_set_edge_detection(settings, is_output ? GPIOD_LINE_EDGE_NONE
                                                                      : edge_of(flags)) == 0
        && gpiod_line_settings_set_bias(settings, bias_of(flags)) == 0
        && gpiod_line_settings_set_drive(settings, drive_of(flags)) == 0;
}

// One set of settings a line, because the first value is a part of it.
static bool add_lines(struct gpiod_line_config *lines, struct gpiod_line_settings *settings,
                      const request *made, uint64_t values) {
    for (uint32_t i = 0; i < made->count; i++) {
        if (gpiod_line_settings_set_output_value(
                settings, values >> i & 1 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE)
                != 0
            || gpiod_line_config_add_line_settings(lines, &made->offsets[i], 1, settings) != 0)
            return false;
    }
    return true;
}

int32_t flyball_gpio_open(request *made, const char *path, const uint32_t *offsets, uint32_t flags,
                          uint64_t values, const char *consumer) {
    memcpy(made->offsets, offsets, made->count * sizeof *offsets);
    made->sequence = 0;
    made->lines = NULL;
    errno = 0;
    struct gpiod_chip *chip = gpiod_chip_open(path);
    struct gpiod_line_settings *settings = chip ? gpiod_line_settings_new() : NULL;
    struct gpiod_line_config *lines = settings ? gpiod_line_config_new() : NULL;
    struct gpiod_request_config *config = lines ? gpiod_request_config_new() : NULL;
    made->buffer = config ? gpiod_edge_event_buffer_new(EDGE_BUFFER) : NULL;
    if (made->buffer && set_all(settings, flags) && add_lines(lines, settings, made, values)) {
        gpiod_request_config_set_consumer(config, consumer);
        gpiod_request_config_set_event_buffer_size(config, EDGE_BUFFER);
        made->lines = gpiod_chip_request_lines(chip, config, lines);
    }
    int32_t status = made->lines ? 0 : flyball_gpio_failure();
    if (!made->lines && made->buffer) gpiod_edge_event_buffer_free(made->buffer);
    if (config) gpiod_request_config_free(config);
    if (lines) gpiod_line_config_free(lines);
    if (settings) gpiod_line_settings_free(settings);
    if (chip) gpiod_chip_close(chip);
    return status;
}

int32_t flyball_gpio_get(int32_t number, uint64_t *values) {
    request *found = flyball_gpio_find(number);
    if (!found) return -EBADF;
    enum gpiod_line_value read[FLYBALL_GPIO_LINES];
    errno = 0;
    if (gpiod_line_request_get_values(found->lines, read) != 0) return flyball_gpio_failure();
    uint64_t bits = 0;
    for (uint32_t i = 0; i < found->count; i++)
        bits |= (uint64_t)(read[i] == GPIOD_LINE_VALUE_ACTIVE) << i;
    *values = bits;
    return 0;
}

int32_t flyball_gpio_write(request *found, uint64_t values) {
    enum gpiod_line_value written[FLYBALL_GPIO_LINES];
    for (uint32_t i = 0; i < found->count; i++)
        written[i] = values >> i & 1 ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
    errno = 0;
    return gpiod_line_request_set_values(found->lines, written) == 0 ? 0 : flyball_gpio_failure();
}

static uint32_t place_of(const request *found, unsigned int offset) {
    for (uint32_t i = 0; i < found->count; i++)
        if (found->offsets[i] == offset) return i;
    return 0;
}

int32_t flyball_gpio_edges(int32_t number, flyball_gpio_edge *edges, uint32_t capacity,
                           uint32_t *count, bool *is_overflow) {
    request *found = flyball_gpio_find(number);
    if (!found) return -EBADF;
    *count = 0;
    *is_overflow = false;
    errno = 0;
    int waited = gpiod_line_request_wait_edge_events(found->lines, 0);
    if (waited < 0) return flyball_gpio_failure();
    if (waited == 0) return 0;
    size_t most = capacity < EDGE_BUFFER ? capacity : EDGE_BUFFER;
    int read = gpiod_line_request_read_edge_events(found->lines, found->buffer, most);
    if (read < 0) return flyball_gpio_failure();
    for (int i = 0; i < read; i++) {
        struct gpiod_edge_event *event =
            gpiod_edge_event_buffer_get_event(found->buffer, (unsigned long)i);
        unsigned long sequence = gpiod_edge_event_get_global_seqno(event);
        // The kernel numbers edges from 1 on, also those that it has no room for.
        if (sequence != found->sequence + 1) *is_overflow = true;
        found->sequence = sequence;
        edges[i] = (flyball_gpio_edge){
            .time_ns = gpiod_edge_event_get_timestamp_ns(event),
            .line = place_of(found, gpiod_edge_event_get_line_offset(event)),
            .is_rising =
                gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE,
        };
    }
    *count = (uint32_t)read;
    return 0;
}

void flyball_gpio_close(request *found) {
    gpiod_line_request_release(found->lines);
    gpiod_edge_event_buffer_free(found->buffer);
    found->lines = NULL;
    found->buffer = NULL;
}

#endif
