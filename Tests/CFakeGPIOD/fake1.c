#include "fake.h"

#ifdef GPIOD_LINE_BULK_MAX_LINES

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct gpiod_line {
    unsigned int offset;
    // Of the request.
    uint32_t place;
};

struct gpiod_chip {
    struct gpiod_line lines[FAKE_LINES];
};

static struct gpiod_chip chips[8];
static int opened;

struct gpiod_chip *gpiod_chip_open(const char *path) {
    if (fake_fails("open")) return NULL;
    fake_say("open %s\n", path);
    fake.live++;
    struct gpiod_chip *chip = &chips[opened++ % 8];
    for (unsigned int i = 0; i < FAKE_LINES; i++) chip->lines[i].offset = i;
    return chip;
}

void gpiod_chip_close(struct gpiod_chip *chip) {
    (void)chip;
    fake.live--;
}

const char *gpiod_chip_name(struct gpiod_chip *chip) { (void)chip; return "gpiochip0"; }
const char *gpiod_chip_label(struct gpiod_chip *chip) { (void)chip; return "fake"; }
unsigned int gpiod_chip_num_lines(struct gpiod_chip *chip) { (void)chip; return FAKE_LINES; }

struct gpiod_line *gpiod_chip_get_line(struct gpiod_chip *chip, unsigned int offset) {
    if (fake_fails("line")) return NULL;
    if (offset < FAKE_LINES) return &chip->lines[offset];
    errno = EINVAL;
    return NULL;
}

int gpiod_chip_get_lines(struct gpiod_chip *chip, unsigned int *offsets, unsigned int count,
                         struct gpiod_line_bulk *bulk) {
    gpiod_line_bulk_init(bulk);
    for (unsigned int i = 0; i < count; i++) {
        struct gpiod_line *line = gpiod_chip_get_line(chip, offsets[i]);
        if (!line) return -1;
        line->place = i;
        gpiod_line_bulk_add(bulk, line);
    }
    return 0;
}

const char *gpiod_line_name(struct gpiod_line *line) { return fake_name(line->offset); }
const char *gpiod_line_consumer(struct gpiod_line *line) {
    return line->offset == 3 ? "someone" : NULL;
}
bool gpiod_line_is_used(struct gpiod_line *line) { return line->offset == 3; }
int gpiod_line_direction(struct gpiod_line *line) {
    return line->offset == 3 ? GPIOD_LINE_DIRECTION_OUTPUT : GPIOD_LINE_DIRECTION_INPUT;
}

static const char *direction(int type) {
    switch (type) {
    case GPIOD_LINE_REQUEST_DIRECTION_OUTPUT: return " output";
    case GPIOD_LINE_REQUEST_EVENT_RISING_EDGE: return " rising";
    case GPIOD_LINE_REQUEST_EVENT_FALLING_EDGE: return " falling";
    case GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES: return " rising falling";
    default: return " input";
    }
}

int gpiod_line_request_bulk(struct gpiod_line_bulk *bulk,
                            const struct gpiod_line_request_config *config, const int *values) {
    if (fake_fails("request")) return -1;
    char words[128];
    int flags = config->flags;
    snprintf(words, sizeof words, "%s%s%s%s%s%s%s by %s", direction(config->request_type),
             flags & GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW ? " active-low" : "",
             flags & GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE ? " no-bias" : "",
             flags & GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP ? " pull-up" : "",
             flags & GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN ? " pull-down" : "",
             flags & GPIOD_LINE_REQUEST_FLAG_OPEN_DRAIN ? " open-drain" : "",
             flags & GPIOD_LINE_REQUEST_FLAG_OPEN_SOURCE ? " open-source" : "", config->consumer);
    unsigned int offsets[FAKE_LINES];
    uint64_t bits = 0;
    for (unsigned int i = 0; i < bulk->num_lines; i++) {
        offsets[i] = bulk->lines[i]->offset;
        bits |= (uint64_t)(values[i] != 0) << i;
    }
    fake.live++;
    fake_say_request(offsets, bulk->num_lines, words, bits);
    return 0;
}

int gpiod_line_get_value_bulk(struct gpiod_line_bulk *bulk, int *values) {
    if (fake_fails("get")) return -1;
    for (unsigned int i = 0; i < bulk->num_lines; i++) values[i] = fake.inputs >> i & 1;
    fake_say("get\n");
    return 0;
}

int gpiod_line_set_value_bulk(struct gpiod_line_bulk *bulk, const int *values) {
    if (fake_fails("set")) return -1;
    uint64_t bits = 0;
    for (unsigned int i = 0; i < bulk->num_lines; i++) bits |= (uint64_t)(values[i] != 0) << i;
    fake_say("set %llu\n", (unsigned long long)bits);
    return 0;
}

void gpiod_line_release_bulk(struct gpiod_line_bulk *bulk) {
    (void)bulk;
    fake.live--;
    fake_say("release\n");
}

int gpiod_line_event_wait(struct gpiod_line *line, const struct timespec *timeout) {
    if (fake_fails("wait")) return -1;
    if (timeout->tv_sec != 0 || timeout->tv_nsec != 0) fake_say("waits\n");
    for (uint32_t i = 0; i < fake.edge_count; i++)
        if (fake.edges[i].line == line->place) return 1;
    return 0;
}

// As the kernel: a line's buffer takes 16 edges, and none after that.
int gpiod_line_event_read_multiple(struct gpiod_line *line, struct gpiod_line_event *events,
                                   unsigned int capacity) {
    if (fake_fails("edges")) return -1;
    uint32_t kept = 0;
    int read = 0;
    for (uint32_t i = 0; i < fake.edge_count; i++) {
        fake_edge edge = fake.edges[i];
        if (edge.line != line->place) {
            fake.edges[kept++] = edge;
        } else if (!edge.is_lost && read < (int)capacity && read < 16) {
            events[read].ts.tv_sec = (time_t)(edge.time_ns / 1000000000u);
            events[read].ts.tv_nsec = (long)(edge.time_ns % 1000000000u);
            events[read].event_type = edge.is_rising ? GPIOD_LINE_EVENT_RISING_EDGE
                                                     : GPIOD_LINE_EVENT_FALLING_EDGE;
            read++;
        }
    }
    fake.edge_count = kept;
    return read;
}

#endif
