#ifndef FLYBALL_METER_H
#define FLYBALL_METER_H

#include <stdint.h>

/// The same value, in a way that no optimiser can see through.
uint32_t flyball_opaque(uint32_t value);

/// How often this thread has asked malloc, calloc, realloc or an aligned allocator for memory.
///
/// The program's own definitions of these functions count and call glibc's; whatever a library or the
/// Swift runtime allocates goes through them as well.
uint64_t flyball_allocations(void);

#endif
