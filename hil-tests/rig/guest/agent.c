// Stands beside the daemon: watches the lines, drives the inputs, runs commands.
//
//   agent PORT                    in the guest, whose lines are those of rig_gpio.c and rig_pwm.c
//   agent - [NAME=CHIP:OFFSET ...]  on a board, over its standard input and output; the lines are
//                                 others, wired to those of the daemon
//
// It takes one command a line and gives one event a line; NS is CLOCK_MONOTONIC.
//
//   pull NAME LEVEL        the level of an input, or what an output falls to when nobody drives it
//   wave NAME MILLIHERTZ   a square wave on an input; 0 ends it
//   run ID TEXT            has /bin/sh run TEXT, with %20 for a blank and so on
//   greet                  asks for hello and every line again
//   gap                    asks for the longest time without a look at the lines, since the last
//                          asking
//
//   hello NS BOOT          at the start and when asked; BOOT is the kernel's id of this boot
//   time NS                every 20 ms
//   line NS NAME LEVEL     a line changed, or was looked at first; - when its chip is gone
//   began NS ID            the command is about to run
//   ended NS ID STATUS TEXT
//   gap NS
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "wires.h"

enum { LONGEST_COMMAND = 16384, LONGEST_OUTPUT = 262144 };
// All times that are asserted have this resolution.
static const long LOOK_NS = 2000000;
// How often the plant outside is told the time, in looks.
static const int LOOKS_A_STEP = 10;

static int levels[WIRES];
// Half a period of the square wave on TACH; 0 is none. Read by the wave's thread.
static _Atomic long half_ns;
static int input, output;
static pthread_mutex_t port_lock = PTHREAD_MUTEX_INITIALIZER;

static long long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void put(const char *octets, size_t count) {
    while (count > 0) {
        ssize_t written = write(output, octets, count);
        if (written > 0) {
            octets += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = output, .events = POLLOUT};
            poll(&ready, 1, 100);
        } else if (written < 0 && errno != EINTR) {
            return;
        }
    }
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&port_lock);
    put(text, (size_t)count);
    pthread_mutex_unlock(&port_lock);
}

static void tell(int wire) {
    if (levels[wire] < 0) {
        say("line %lld %s -\n", now_ns(), wire_names[wire]);
    } else {
        say("line %lld %s %d\n", now_ns(), wire_names[wire], levels[wire]);
    }
}

static void look(void) {
    int now[WIRES];
    wires_look(now);
    for (int i = 0; i < WIRES; i++) {
        if (now[i] == levels[i]) continue;
        levels[i] = now[i];
        tell(i);
    }
}

static void *make_wave(void *context) {
    (void)context;
    int level = 0;
    // The flag SCHED_RESET_ON_FORK has taken the priority from this thread.
    struct sched_param above = {.sched_priority = 94};
    sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &above);
    // Where the wave should have changed, and where it has.
    long long planned = now_ns(), changed = planned;
    for (;;) {
        long half = half_ns;
        long long now = now_ns(), due = now + 5 * LOOK_NS;
        // After a stall it makes up for what it owes, but with pulses that are no bounces.
        long long next = planned + half > changed + half / 2 ? planned + half : changed + half / 2;
        if (half > 0 && now >= next) {
            wires_pull(TACH, level = !level);
            planned = now < planned + 8 * half ? planned + half : now;
            changed = now;
            continue;
        }
        // Not to the next change alone: a faster wave may be wanted meanwhile.
        if (half > 0 && next < due) due = next;
        struct timespec time = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
    }
    return NULL;
}

typedef struct {
    char id[32], command[LONGEST_COMMAND];
} order;

static void decode(const char *from, char *to) {
    unsigned octet;
    for (; *from; from++)
        if (*from == '%' && sscanf(from + 1, "%2x", &octet) == 1) {
            *to++ = (char)octet;
            from += 2;
        } else {
            *to++ = *from;
        }
    *to = 0;
}

static void report(const order *given, int status, const char *output, size_t count) {
    static const char digits[] = "0123456789abcdef";
    char head[128], *text = malloc(3 * count + 2);
    int length = snprintf(head, sizeof head, "ended %lld %s %d ", now_ns(), given->id, status);
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned char octet = (unsigned char)output[i];
        if (octet > ' ' && octet != '%' && octet < 127) {
            text[end++] = (char)octet;
        } else {
            text[end++] = '%';
            text[end++] = digits[octet >> 4];
            text[end++] = digits[octet & 15];
        }
    }
    text[end++] = '\n';
    pthread_mutex_lock(&port_lock);
    put(head, (size_t)length);
    put(text, end);
    pthread_mutex_unlock(&port_lock);
    free(text);
}

static void *obey(void *context) {
    order *given = context;
    char *text = malloc(LONGEST_OUTPUT);
    size_t count = 0;
    int ends[2], status = -1;
    if (pipe2(ends, O_CLOEXEC) != 0) exit(1);
    say("began %lld %s\n", now_ns(), given->id);
    // The flag SCHED_RESET_ON_FORK of main makes the child an ordinary process; so must it be where
    // memory is short.
    pid_t child = fork();
    if (child == 0) {
        int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
        if (score >= 0 && write(score, "0", 1) != 1) _exit(126);
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execl("/bin/sh", "sh", "-c", given->command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], text + count, LONGEST_OUTPUT - count)) > 0;)
        count += (size_t)got;
    close(ends[0]);
    waitpid(child, &status, 0);
    report(given, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text, count);
    free(text);
    free(given);
    return NULL;
}

static void start_thread(void *(*body)(void *), void *context) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, context) != 0) exit(1);
    pthread_detach(thread);
}

static void greet(void) {
    char boot[64] = "?";
    int descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t got = read(descriptor, boot, sizeof boot - 1);
    if (got > 0) boot[got - 1] = 0;
    close(descriptor);
    say("hello %lld %s\n", now_ns(), boot);
    for (int i = 0; i < WIRES; i++) tell(i);
}

static void take(char *text, long long *longest) {
    char *rest = NULL, *word = strtok_r(text, " ", &rest);
    char *name = strtok_r(NULL, " ", &rest);
    int wire = name ? wire_named(name) : -1;
    if (word && strcmp(word, "gap") == 0) {
        say("gap %lld\n", *longest);
        *longest = 0;
    } else if (word && strcmp(word, "greet") == 0) {
        greet();
    } else if (word && name && strcmp(word, "run") == 0 && rest) {
        order *given = calloc(1, sizeof *given);
        snprintf(given->id, sizeof given->id, "%s", name);
        decode(rest, given->command);
        start_thread(obey, given);
    } else if (word && wire >= 0 && rest && strcmp(word, "pull") == 0) {
        wires_pull(wire, atoi(rest));
    } else if (word && wire == TACH && rest && strcmp(word, "wave") == 0) {
        long millihertz = atol(rest);
        half_ns = millihertz > 0 ? 500000000000L / millihertz : 0;
    }
}

static void listen_to(long long *longest) {
    static char text[LONGEST_COMMAND];
    static size_t count;
    ssize_t got = read(input, text + count, sizeof text - 1 - count);
    // The connection is gone, and with it who wants to know; a port of the guest comes back.
    if (got == 0 && input == STDIN_FILENO) exit(0);
    if (got <= 0) return;
    count += (size_t)got;
    for (char *end; (end = memchr(text, '\n', count)) != NULL;) {
        *end = 0;
        size_t used = (size_t)(end - text) + 1;
        take(text, longest);
        memmove(text, text + used, count -= used);
    }
    if (count == sizeof text - 1) count = 0;
}

int main(int count, char **words) {
    bool is_board = count >= 2 && strcmp(words[1], "-") == 0;
    if (is_board) {
        output = STDOUT_FILENO;
        fcntl(input = STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
    } else {
        input = output = count == 2 ? open(words[1], O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
    }
    if (input < 0 || (is_board && wires_open(count - 2, words + 2) != 0)) {
        fprintf(stderr, "usage: agent PORT | agent - [NAME=CHIP:OFFSET ...], which are there\n");
        return 2;
    }
    // Above the daemon's threads: a hog beside it, or the daemon itself, must not hide a change.
    struct sched_param above = {.sched_priority = 95};
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0 ||
        sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &above) != 0)
        perror("agent");
    look();
    greet();
    start_thread(make_wave, NULL);
    long long longest = 0, last = now_ns();
    struct timespec due;
    clock_gettime(CLOCK_MONOTONIC, &due);
    for (int looks = 0;; looks++) {
        long long now = now_ns();
        if (now - last > longest) longest = now - last;
        last = now;
        look();
        if (looks % LOOKS_A_STEP == 0) say("time %lld\n", now);
        listen_to(&longest);
        due.tv_nsec += LOOK_NS;
        due.tv_sec += due.tv_nsec / 1000000000;
        due.tv_nsec %= 1000000000;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
}
