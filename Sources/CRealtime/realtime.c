#define _GNU_SOURCE
#include "CRealtime.h"

#include <alloca.h>
#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000u

_Static_assert(sizeof(pthread_t) <= sizeof(uint64_t), "a thread is handed out as 64 bits");

uint64_t flyball_rt_now(void) {
    struct timespec now;
    // Cannot fail: the clock exists on every Linux and the pointer is good.
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

int32_t flyball_rt_sleep_until(uint64_t deadline_ns) {
    struct timespec deadline = {
        .tv_sec = (time_t)(deadline_ns / NS_PER_S),
        .tv_nsec = (long)(deadline_ns % NS_PER_S),
    };
    int status;
    // Sleeping is what the thread is for; it is the one sanctioned blocking call of a tick.
    flyball_rt_sanitizer_disable();
    do {
        status = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL);
    } while (status == EINTR);
    flyball_rt_sanitizer_enable();
    return -status;
}

int32_t flyball_rt_clock_synchronized(bool *synchronized) {
    struct timex state = {0};
    int status = adjtimex(&state);
    if (status < 0) return -errno;
    *synchronized = status != TIME_ERROR && !(state.status & STA_UNSYNC);
    return 0;
}

// MARK: Threads

struct thread_start {
    void (*body)(void *);
    void *context;
};

static void *thread_main(void *argument) {
    struct thread_start start = *(struct thread_start *)argument;
    free(argument);
    start.body(start.context);
    return NULL;
}

/// Every signal but those that a fault of the thread itself raises.
static void asynchronous_signals(sigset_t *set) {
    static const int synchronous[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
    sigfillset(set);
    for (size_t i = 0; i < sizeof synchronous / sizeof *synchronous; i++) {
        sigdelset(set, synchronous[i]);
    }
}

static int set_scheduling(pthread_attr_t *attributes, int32_t priority) {
    if (priority == 0) {
        return 0;
    }
    struct sched_param parameters = {.sched_priority = priority};
    int status = pthread_attr_setinheritsched(attributes, PTHREAD_EXPLICIT_SCHED);
    if (status == 0) {
        status = pthread_attr_setschedpolicy(attributes, SCHED_FIFO);
    }
    if (status == 0) {
        status = pthread_attr_setschedparam(attributes, &parameters);
    }
    return status;
}

int32_t flyball_rt_thread_start(void (*body)(void *), void *context, int32_t priority,
                                uint64_t stack_bytes, const char *name, uint64_t *thread) {
    pthread_attr_t attributes;
    int status = pthread_attr_init(&attributes);
    if (status != 0) {
        return -status;
    }
    struct thread_start *start = malloc(sizeof *start);
    status = start == NULL ? ENOMEM : pthread_attr_setstacksize(&attributes, stack_bytes);
    if (status == 0) {
        status = set_scheduling(&attributes, priority);
    }
    pthread_t created;
    if (status == 0) {
        *start = (struct thread_start){body, context};
        sigset_t blocked, before;
        asynchronous_signals(&blocked);
        pthread_sigmask(SIG_BLOCK, &blocked, &before);
        status = pthread_create(&created, &attributes, thread_main, start);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    if (status != 0) {
        free(start);
        return -status;
    }
    if (name != NULL) {
        char cut[16] = {0};
        strncpy(cut, name, sizeof cut - 1);
        pthread_setname_np(created, cut);
    }
    *thread = (uint64_t)created;
    return 0;
}

int32_t flyball_rt_thread_join(uint64_t thread) {
    return -pthread_join((pthread_t)thread, NULL);
}

int32_t flyball_rt_thread_priority(int32_t *priority) {
    int policy;
    struct sched_param parameters;
    int status = pthread_getschedparam(pthread_self(), &policy, &parameters);
    if (status == 0) {
        *priority = parameters.sched_priority;
    }
    return -status;
}

__attribute__((noinline)) void flyball_rt_stack_prefault(uint64_t bytes) {
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    volatile unsigned char *stack = alloca(bytes);
    for (uint64_t offset = 0; offset < bytes; offset += page) {
        stack[offset] = 0;
    }
}

int32_t flyball_rt_page_faults(uint64_t *minor, uint64_t *major) {
    struct rusage usage;
    if (getrusage(RUSAGE_THREAD, &usage) != 0) {
        return -errno;
    }
    *minor = (uint64_t)usage.ru_minflt;
    *major = (uint64_t)usage.ru_majflt;
    return 0;
}

// MARK: Memory

int32_t flyball_rt_memory_lock(void) {
    return mlockall(MCL_CURRENT | MCL_FUTURE) == 0 ? 0 : -errno;
}

int32_t flyball_rt_memory_unlock(void) {
    return munlockall() == 0 ? 0 : -errno;
}

int32_t flyball_rt_heap_keep(void) {
    // mallopt reports failure by 0 and sets no errno.
    return mallopt(M_TRIM_THRESHOLD, -1) != 0 && mallopt(M_MMAP_MAX, 0) != 0 ? 0 : -ENOTSUP;
}

int32_t flyball_rt_heap_share(void) {
    return mallopt(M_ARENA_MAX, 1) != 0 ? 0 : -ENOTSUP;
}

// MARK: RealtimeSanitizer

extern void __rtsan_realtime_enter(void) __attribute__((weak));
extern void __rtsan_realtime_exit(void) __attribute__((weak));
extern void __rtsan_disable(void) __attribute__((weak));
extern void __rtsan_enable(void) __attribute__((weak));

bool flyball_rt_sanitizer_present(void) {
    return __rtsan_realtime_enter != NULL;
}

void flyball_rt_sanitizer_enter(void) {
    if (__rtsan_realtime_enter != NULL) {
        __rtsan_realtime_enter();
    }
}

void flyball_rt_sanitizer_exit(void) {
    if (__rtsan_realtime_exit != NULL) {
        __rtsan_realtime_exit();
    }
}

void flyball_rt_sanitizer_disable(void) {
    if (__rtsan_disable != NULL) {
        __rtsan_disable();
    }
}

void flyball_rt_sanitizer_enable(void) {
    if (__rtsan_enable != NULL) {
        __rtsan_enable();
    }
}
