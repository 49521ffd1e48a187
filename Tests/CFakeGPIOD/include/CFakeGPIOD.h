#ifndef FLYBALL_CFAKEGPIOD_H
#define FLYBALL_CFAKEGPIOD_H

#include <stdbool.h>
#include <stdint.h>

// libgpiod in a test's hands, whichever API is installed: linked in front of the real one, it records
// what it is told in the same words for both, and fails as the test says. One chip of eight lines; not
// for two threads.

/// Forgets everything.
void fake_gpiod_reset(void);

/// What was done since the reset, one call a line.
const char *fake_gpiod_trace(void);

/// Makes the next call of a kind fail: "open", "info", "line", "memory", "settings", "request", "get",
/// "set", "wait", "edges". 0 is a library that gives no reason.
void fake_gpiod_fail(const char *call, int error);

/// What the lines of the next request read, line 0 of the request in the lowest bit.
void fake_gpiod_inputs(uint64_t values);

/// An edge for the kernel to keep. `is_lost`: it has no room for this one.
void fake_gpiod_edge(uint32_t line, uint64_t time_ns, bool is_rising, bool is_lost);

/// Chips, requests and everything else that was made and not freed.
int fake_gpiod_leaks(void);

#endif
