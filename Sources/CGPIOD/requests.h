#ifndef FLYBALL_GPIO_REQUESTS_H
#define FLYBALL_GPIO_REQUESTS_H

#include "CGPIOD.h"

#include <gpiod.h>
#include <stdatomic.h>
#include <stddef.h>

// What both APIs keep of their requests. The API 1 header is told by a macro that API 2 has not.
#ifdef GPIOD_LINE_BULK_MAX_LINES
#define FLYBALL_GPIO_API 1
#else
#define FLYBALL_GPIO_API 2
#endif

// API 2 keeps so many edges at most for one request, its kernel's limit; API 1 always 16 a line.
#define EDGE_BUFFER 1024
#define EDGE_BUFFER_API_1 16

typedef struct request {
    // FREE, TAKEN while it is being made or released, OPEN.
    atomic_int state;
    uint32_t count;
    atomic_bool is_armed;
    _Atomic uint64_t last_words;
#if FLYBALL_GPIO_API == 1
    struct gpiod_chip *chip;
    struct gpiod_line_bulk lines;
#else
    struct gpiod_line_request *lines;
    struct gpiod_edge_event_buffer *buffer;
    uint32_t offsets[FLYBALL_GPIO_LINES];
    // Of the last edge read; 0 before the first.
    unsigned long sequence;
#endif
} request;

enum { FREE, TAKEN, OPEN };

/// Its number goes to `number`; NULL when all are taken.
request *flyball_gpio_take(int32_t *number);
/// NULL when the number stands for none that is open.
request *flyball_gpio_find(int32_t number);

/// The API's own part, with a request that was taken.
int32_t flyball_gpio_open(request *made, const char *path, const uint32_t *offsets, uint32_t flags,
                          uint64_t values, const char *consumer);
int32_t flyball_gpio_write(request *found, uint64_t values);
void flyball_gpio_close(request *found);

/// errno as a result; a library that failed without one is broken.
int32_t flyball_gpio_failure(void);
void flyball_gpio_copy(char *to, const char *from, uint32_t capacity);

#endif
