#define _GNU_SOURCE
#include "CRealtime.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define DEADLINE_POLICY 6u

// The first version of the kernel's struct; glibc 2.36 has neither it nor the call.
struct deadline_attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

_Static_assert(sizeof(struct deadline_attributes) == 48, "SCHED_ATTR_SIZE_VER0");

int32_t flyball_rt_deadline_set(uint64_t runtime_ns, uint64_t deadline_ns, uint64_t period_ns) {
    struct deadline_attributes attributes = {
        .size = sizeof attributes,
        .policy = DEADLINE_POLICY,
        .runtime = runtime_ns,
        .deadline = deadline_ns,
        .period = period_ns,
    };
    return syscall(SYS_sched_setattr, 0, &attributes, 0) == 0 ? 0 : -errno;
}

int32_t flyball_rt_policy(int32_t *policy) {
    int found = sched_getscheduler(0);
    if (found < 0) {
        return -errno;
    }
    *policy = found;
    return 0;
}

int32_t flyball_rt_processors_set(uint64_t processors) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (unsigned bit = 0; bit < 64; bit++) {
        if (processors >> bit & 1) {
            CPU_SET(bit, &set);
        }
    }
    return sched_setaffinity(0, sizeof set, &set) == 0 ? 0 : -errno;
}

int32_t flyball_rt_processors(uint64_t *processors) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return -errno;
    }
    uint64_t found = 0;
    for (unsigned bit = 0; bit < 64; bit++) {
        if (CPU_ISSET(bit, &set)) {
            found |= (uint64_t)1 << bit;
        }
    }
    *processors = found;
    return 0;
}

int32_t flyball_rt_idle_latency_hold(const char *path, int32_t longest_us, int32_t *descriptor) {
    int opened = open(path, O_WRONLY | O_CLOEXEC);
    if (opened < 0) {
        return -errno;
    }
    // The kernel keeps the request as long as the descriptor is open.
    ssize_t written = write(opened, &longest_us, sizeof longest_us);
    if (written != (ssize_t)sizeof longest_us) {
        int32_t status = written < 0 ? -errno : -EIO;
        close(opened);
        return status;
    }
    *descriptor = opened;
    return 0;
}

static int32_t soft_limit(int which, uint64_t *limit) {
    struct rlimit found;
    if (getrlimit(which, &found) != 0) {
        return -errno;
    }
    *limit = found.rlim_cur == RLIM_INFINITY ? UINT64_MAX : (uint64_t)found.rlim_cur;
    return 0;
}

int32_t flyball_rt_priority_limit(uint64_t *limit) { return soft_limit(RLIMIT_RTPRIO, limit); }

int32_t flyball_rt_memory_lock_limit(uint64_t *limit) { return soft_limit(RLIMIT_MEMLOCK, limit); }

int32_t flyball_rt_thread_cpu(uint64_t *nanoseconds) {
    struct timespec used;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0) {
        return -errno;
    }
    *nanoseconds = (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
    return 0;
}
