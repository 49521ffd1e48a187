#include "requests.h"

#if FLYBALL_GPIO_API == 1

#include <errno.h>
#include <string.h>

#define NS_PER_S 1000000000u

int32_t flyball_gpio_chip(const char *path, char *name, char *label, uint32_t capacity,
                          uint32_t *lines) {
    errno = 0;
    struct gpiod_chip *chip = gpiod_chip_open(path);
    if (!chip) return flyball_gpio_failure();
    flyball_gpio_copy(name, gpiod_chip_name(chip), capacity);
    flyball_gpio_copy(label, gpiod_chip_label(chip), capacity);
    *lines = gpiod_chip_num_lines(chip);
    gpiod_chip_close(chip);
    return 0;
}

int32_t flyball_gpio_line(const char *path, uint32_t offset, char *name, char *consumer,
                          uint32_t capacity, uint32_t *state) {
    errno = 0;
    struct gpiod_chip *chip = gpiod_chip_open(path);
    if (!chip) return flyball_gpio_failure();
    struct gpiod_line *line = gpiod_chip_get_line(chip, offset);
    int32_t status = line ? 0 : flyball_gpio_failure();
    if (line) {
        flyball_gpio_copy(name, gpiod_line_name(line), capacity);
        flyball_gpio_copy(consumer, gpiod_line_consumer(line), capacity);
        *state = (gpiod_line_is_used(line) ? FLYBALL_GPIO_USED : 0)
            | (gpiod_line_direction(line) == GPIOD_LINE_DIRECTION_OUTPUT ? FLYBALL_GPIO_IS_OUTPUT
                                                                         : 0);
    }
    gpiod_chip_close(chip);
    return status;
}

static int request_type(uint32_t flags) {
    if (flags & FLYBALL_GPIO_OUTPUT) return GPIOD_LINE_REQUEST_DIRECTION_OUTPUT;
    switch (flags & (FLYBALL_GPIO_RISING | FLYBALL_GPIO_FALLING)) {
    case FLYBALL_GPIO_RISING: return GPIOD_LINE_REQUEST_EVENT_RISING_EDGE;
    case FLYBALL_GPIO_FALLING: return GPIOD_LINE_REQUEST_EVENT_FALLING_EDGE;
    case 0: return GPIOD_LINE_REQUEST_DIRECTION_INPUT;
    default: return GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES;
    }
}

static int request_flags(uint32_t flags) {
    return (flags & FLYBALL_GPIO_ACTIVE_LOW ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0)
        | (flags & FLYBALL_GPIO_BIAS_DISABLED ? GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE : 0)
        | (flags & FLYBALL_GPIO_PULL_UP ? GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP : 0)
        | (flags & FLYBALL_GPIO_PULL_DOWN ? GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN : 0)
        | (flags & FLYBALL_GPIO_OPEN_DRAIN ? GPIOD_LINE_REQUEST_FLAG_OPEN_DRAIN : 0)
        | (flags & FLYBALL_GPIO_OPEN_SOURCE ? GPIOD_LINE_REQUEST_FLAG_OPEN_SOURCE : 0);
}

int32_t flyball_gpio_open(request *made, const char *path, const uint32_t *offsets, uint32_t flags,
                          uint64_t values, const char *consumer) {
    errno = 0;
    made->chip = gpiod_chip_open(path);
    if (!made->chip) return flyball_gpio_failure();
    unsigned int wanted[FLYBALL_GPIO_LINES];
    int first[FLYBALL_GPIO_LINES];
    for (uint32_t i = 0; i < made->count; i++) {
        wanted[i] = offsets[i];
        first[i] = values >> i & 1;
    }
    struct gpiod_line_request_config config = {
        .consumer = consumer,
        .request_type = request_type(flags),
        .flags = request_flags(flags),
    };
    gpiod_line_bulk_init(&made->lines);
    if (gpiod_chip_get_lines(made->chip, wanted, made->count, &made->lines) != 0
        || gpiod_line_request_bulk(&made->lines, &config, first) != 0) {
        int32_t status = flyball_gpio_failure();
        gpiod_chip_close(made->chip);
        return status;
    }
    return 0;
}

int32_t flyball_gpio_get(int32_t number, uint64_t *values) {
    request *found = flyball_gpio_find(number);
    if (!found) return -EBADF;
    int read[FLYBALL_GPIO_LINES];
    errno = 0;
    if (gpiod_line_get_value_bulk(&found->lines, read) != 0) return flyball_gpio_failure();
    uint64_t bits = 0;
    for (uint32_t i = 0; i < found->count; i++) bits |= (uint64_t)(read[i] != 0) << i;
    *values = bits;
    return 0;
}

int32_t flyball_gpio_write(request *found, uint64_t values) {
    int written[FLYBALL_GPIO_LINES];
    for (uint32_t i = 0; i < found->count; i++) written[i] = values >> i & 1;
    errno = 0;
    return gpiod_line_set_value_bulk(&found->lines, written) == 0 ? 0 : flyball_gpio_failure();
}

// The lines have a buffer each: their edges are put in order by time.
static void insert(flyball_gpio_edge *edges, uint32_t count, flyball_gpio_edge edge) {
    uint32_t place = count;
    while (place > 0 && edges[place - 1].time_ns > edge.time_ns) {
        edges[place] = edges[place - 1];
        place--;
    }
    edges[place] = edge;
}

int32_t flyball_gpio_edges(int32_t number, flyball_gpio_edge *edges, uint32_t capacity,
                           uint32_t *count, bool *is_overflow) {
    request *found = flyball_gpio_find(number);
    if (!found) return -EBADF;
    if (capacity < found->count * EDGE_BUFFER_API_1) return -EINVAL;
    uint32_t total = 0;
    bool was_full = false;
    for (uint32_t line = 0; line < found->count; line++) {
        struct gpiod_line *own = gpiod_line_bulk_get_line(&found->lines, line);
        const struct timespec at_once = {0};
        errno = 0;
        int waited = gpiod_line_event_wait(own, &at_once);
        if (waited < 0) return flyball_gpio_failure();
        if (waited == 0) continue;
        struct gpiod_line_event events[EDGE_BUFFER_API_1];
        int read = gpiod_line_event_read_multiple(own, events, EDGE_BUFFER_API_1);
        if (read < 0) return flyball_gpio_failure();
        if (read >= EDGE_BUFFER_API_1) was_full = true;
        for (int i = 0; i < read && i < EDGE_BUFFER_API_1; i++) {
            flyball_gpio_edge edge = {
                .time_ns = (uint64_t)events[i].ts.tv_sec * NS_PER_S
                    + (uint64_t)events[i].ts.tv_nsec,
                .line = line,
                .is_rising = events[i].event_type == GPIOD_LINE_EVENT_RISING_EDGE,
            };
            insert(edges, total, edge);
            total++;
        }
    }
    *count = total;
    *is_overflow = was_full;
    return 0;
}

void flyball_gpio_close(request *found) {
    gpiod_line_release_bulk(&found->lines);
    gpiod_chip_close(found->chip);
    found->chip = NULL;
}

#endif
