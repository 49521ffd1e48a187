// The rival of the daemon's control thread: three plain PIDs in floating point at absolute deadlines.
//
//   three_pids PRIORITY PERIOD_US TICKS     prints the computing time of a tick in nanoseconds
#define _GNU_SOURCE
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

struct pid {
    double kp, ki, kd, integral, last, low, high;
};

static double update(struct pid *pid, double setpoint, double measurement) {
    double error = setpoint - measurement;
    double output = pid->kp * error + pid->integral - pid->kd * (measurement - pid->last);
    pid->last = measurement;
    if (output > pid->high) output = pid->high;
    else if (output < pid->low) output = pid->low;
    else pid->integral += pid->ki * error;
    return output;
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    int priority = atoi(arguments[1]);
    int64_t period = atoll(arguments[2]) * 1000;
    int64_t ticks = atoll(arguments[3]);
    mlockall(MCL_CURRENT | MCL_FUTURE);
    struct sched_param parameters = {.sched_priority = priority};
    if (priority > 0 && sched_setscheduler(0, SCHED_FIFO, &parameters) != 0) return 77;
    struct pid pids[3] = {
        {2, 0.001, 0.5, 0, 50, 0, 100}, {3, 0.002, 0.1, 0, 50, 0, 100}, {4, 0.003, 0, 0, 50, 0, 100}};
    volatile double sensors[3] = {50, 50, 50}, actuators[3];
    int64_t deadline = nanoseconds(CLOCK_MONOTONIC) + period;
    int64_t begin = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
    for (int64_t tick = 0; tick < ticks; tick++) {
        struct timespec until = {deadline / 1000000000, deadline % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        for (int loop = 0; loop < 3; loop++) {
            sensors[loop] = 50 + (double)(tick & 63) / 256;
            actuators[loop] = update(&pids[loop], 50, sensors[loop]);
        }
        deadline += period;
    }
    int64_t used = nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begin;
    printf("%.1f\n", (double)used / (double)ticks);
    return 0;
}
