#include "CAllocationCounter.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

// The allocator behind: glibc's own, or a sanitizer's when there is one, whose checks go on.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);
extern void *__interceptor_malloc(size_t) __attribute__((weak));
extern void *__interceptor_calloc(size_t, size_t) __attribute__((weak));
extern void *__interceptor_realloc(void *, size_t) __attribute__((weak));
extern void *__interceptor_memalign(size_t, size_t) __attribute__((weak));
extern void __interceptor_free(void *) __attribute__((weak));

// The program allocates before a sanitizer is ready for instrumented code.
#pragma clang attribute push(__attribute__((disable_sanitizer_instrumentation)), apply_to = function)

static _Thread_local bool counting;
static _Thread_local struct flyball_allocation_count counted;

void flyball_allocation_count_start(void) {
    counted = (struct flyball_allocation_count){0};
    counting = true;
}

struct flyball_allocation_count flyball_allocation_count_stop(void) {
    counting = false;
    return counted;
}

static void count_allocation(size_t bytes) {
    if (counting) {
        counted.allocations++;
        counted.bytes += bytes;
    }
}

static void *aligned(size_t alignment, size_t bytes) {
    count_allocation(bytes);
    return __interceptor_memalign != NULL ? __interceptor_memalign(alignment, bytes)
                                          : __libc_memalign(alignment, bytes);
}

void *malloc(size_t bytes) {
    count_allocation(bytes);
    return __interceptor_malloc != NULL ? __interceptor_malloc(bytes) : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes) {
    count_allocation(count * bytes);
    return __interceptor_calloc != NULL ? __interceptor_calloc(count, bytes)
                                        : __libc_calloc(count, bytes);
}

void *realloc(void *block, size_t bytes) {
    count_allocation(bytes);
    return __interceptor_realloc != NULL ? __interceptor_realloc(block, bytes)
                                         : __libc_realloc(block, bytes);
}

void free(void *block) {
    if (counting && block != NULL) {
        counted.releases++;
    }
    if (__interceptor_free != NULL) {
        __interceptor_free(block);
    } else {
        __libc_free(block);
    }
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    return aligned(alignment, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
    return aligned(alignment, bytes);
}

int posix_memalign(void **block, size_t alignment, size_t bytes) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    void *allocated = aligned(alignment, bytes);
    if (allocated == NULL) {
        return ENOMEM;
    }
    *block = allocated;
    return 0;
}

#pragma clang attribute pop
