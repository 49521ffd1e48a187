#ifndef FLYBALL_CALLOCATIONCOUNTER_H
#define FLYBALL_CALLOCATIONCOUNTER_H

#include <stdint.h>

// Counts what the calling thread asks of the heap. Linking this replaces malloc and its relatives
// in the whole program by ones that count and pass on.

struct flyball_allocation_count {
    /// Calls of malloc, calloc, realloc, posix_memalign, aligned_alloc and memalign.
    uint64_t allocations;
    /// Calls of free with something to free.
    uint64_t releases;
    /// Bytes asked for.
    uint64_t bytes;
};

/// Begins counting on this thread from zero.
void flyball_allocation_count_start(void);

/// Ends counting on this thread.
struct flyball_allocation_count flyball_allocation_count_stop(void);

#endif
