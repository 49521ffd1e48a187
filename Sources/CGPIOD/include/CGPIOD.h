#ifndef FLYBALL_CGPIOD_H
#define FLYBALL_CGPIOD_H

#include <stdbool.h>
#include <stdint.h>

// GPIO lines by libgpiod, API 1 and API 2 behind one face; which one is chosen by the header that
// is installed (Debian 12 has 1.6, Debian 13 and Raspberry Pi OS have 2.2).
//
// Every function returns 0 or -errno, and writes its results through pointers only when it returns
// 0, unless it says otherwise. Requested lines are known by a small number. Requests may be made and
// released by any thread, but one request belongs to one thread.

/// Requests that may be open at the same time.
#define FLYBALL_GPIO_REQUESTS 64
/// Lines of one request: its values are the bits of one word, line 0 the lowest.
#define FLYBALL_GPIO_LINES 64

/// 1 or 2.
int32_t flyball_gpio_api(void);

// MARK: What is there

/// Opens a chip and says how many lines it has; its name (`gpiochip0`) and label are cut to fit.
int32_t flyball_gpio_chip(const char *path, char *name, char *label, uint32_t capacity,
                          uint32_t *lines);

#define FLYBALL_GPIO_USED 1u
#define FLYBALL_GPIO_IS_OUTPUT 2u

/// One line of a chip; a line without a name has an empty one.
int32_t flyball_gpio_line(const char *path, uint32_t offset, char *name, char *consumer,
                          uint32_t capacity, uint32_t *state);

// MARK: Requests

#define FLYBALL_GPIO_OUTPUT 1u
#define FLYBALL_GPIO_ACTIVE_LOW 2u
#define FLYBALL_GPIO_BIAS_DISABLED 4u
#define FLYBALL_GPIO_PULL_UP 8u
#define FLYBALL_GPIO_PULL_DOWN 16u
#define FLYBALL_GPIO_OPEN_DRAIN 32u
#define FLYBALL_GPIO_OPEN_SOURCE 64u
/// Inputs only: the edges are kept by the kernel, with its timestamps.
#define FLYBALL_GPIO_RISING 128u
#define FLYBALL_GPIO_FALLING 256u

/// Takes lines of one chip for this process alone: -EBUSY when another has one, -ENOSPC when too many
/// requests are open. Outputs have `values` from the first moment on.
int32_t flyball_gpio_request(const char *path, const uint32_t *offsets, uint32_t count,
                             uint32_t flags, uint64_t values, const char *consumer,
                             int32_t *request);

/// All lines in one call.
int32_t flyball_gpio_get(int32_t request, uint64_t *values);
int32_t flyball_gpio_set(int32_t request, uint64_t values);

typedef struct flyball_gpio_edge {
    /// CLOCK_MONOTONIC, by the kernel, when it happened.
    uint64_t time_ns;
    /// Place of the line in the request.
    uint32_t line;
    uint32_t is_rising;
} flyball_gpio_edge;

/// The edges that the kernel has kept since the last call, oldest first, without waiting; `count` 0
/// when there are none. `is_overflow` when edges were lost: by a gap in the kernel's numbers with
/// API 2, and with API 1, which numbers nothing, when its buffer was found full.
int32_t flyball_gpio_edges(int32_t request, flyball_gpio_edge *edges, uint32_t capacity,
                           uint32_t *count, bool *is_overflow);

/// Gives the lines back. What an output does then is the board's affair: drive it first.
void flyball_gpio_release(int32_t request);

// MARK: Last words

/// What a request of outputs is set to when the process crashes.
void flyball_gpio_arm(int32_t request, uint64_t values);

/// Sets every armed request; only what signal-safety(7) allows: ioctl.
void flyball_gpio_say(void);

#endif
