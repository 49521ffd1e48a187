// Stands beside the daemon in the guest: watches the lines, drives the inputs, runs commands.
//
//   agent PORT
//
// The lines are those of rig_gpio.c. PORT takes one command a line and gives one event a line;
// NS is CLOCK_MONOTONIC.
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHIP "/sys/devices/platform/rig-gpio/"
enum { LINES = 3, LONGEST_COMMAND = 16384, LONGEST_OUTPUT = 262144 };
// All times that are asserted have this resolution.
static const long LOOK_NS = 2000000;
// How often the plant outside is told the time, in looks.
static const int LOOKS_A_STEP = 10;

typedef struct {
    const char *name;
    char level;
    // Half a period of the square wave; 0 is none. Read by the wave's thread.
    _Atomic long half_ns;
} watched_line;

static watched_line lines[LINES] = {{.name = "HEATER"}, {.name = "FAN"}, {.name = "TACH"}};
static int port;
static pthread_mutex_t port_lock = PTHREAD_MUTEX_INITIALIZER;

static long long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void put(const char *octets, size_t count) {
    while (count > 0) {
        ssize_t written = write(port, octets, count);
        if (written > 0) {
            octets += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = port, .events = POLLOUT};
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

static watched_line *line_named(const char *name) {
    for (int i = 0; i < LINES; i++)
        if (strcmp(lines[i].name, name) == 0) return &lines[i];
    return NULL;
}

static void look(void) {
    static int levels = -1;
    char text[LINES + 2] = "---";
    if (levels < 0) levels = open(CHIP "levels", O_RDONLY | O_CLOEXEC);
    if (levels >= 0 && pread(levels, text, sizeof text - 1, 0) < LINES) {
        close(levels);
        levels = -1;
        memset(text, '-', LINES);
    }
    for (int i = 0; i < LINES; i++) {
        if (text[i] == lines[i].level) continue;
        lines[i].level = text[i];
        say("line %lld %s %c\n", now_ns(), lines[i].name, text[i]);
    }
}

static void pull(const watched_line *line, int level) {
    int descriptor = open(CHIP "pull", O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    dprintf(descriptor, "%d %d", (int)(line - lines), level);
    close(descriptor);
}

static void *make_wave(void *context) {
    watched_line *line = context;
    int level = 0;
    // The flag SCHED_RESET_ON_FORK has taken the priority from this thread.
    struct sched_param above = {.sched_priority = 94};
    sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &above);
    for (long long changed = now_ns();;) {
        long half = line->half_ns;
        long long now = now_ns(), due = now + 5 * LOOK_NS;
        if (half > 0 && now >= changed + half) {
            pull(line, level = !level);
            changed = now < changed + 2 * half ? changed + half : now;
        }
        // Not to the next change alone: a faster wave may be wanted meanwhile.
        if (half > 0 && changed + half < due) due = changed + half;
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
    char *output = malloc(LONGEST_OUTPUT);
    size_t count = 0;
    int ends[2], status = -1;
    if (pipe2(ends, O_CLOEXEC) != 0) exit(1);
    say("began %lld %s\n", now_ns(), given->id);
    // The flag SCHED_RESET_ON_FORK of main makes the child an ordinary process.
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execl("/bin/sh", "sh", "-c", given->command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], output + count, LONGEST_OUTPUT - count)) > 0;)
        count += (size_t)got;
    close(ends[0]);
    waitpid(child, &status, 0);
    report(given, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), output, count);
    free(output);
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
    for (int i = 0; i < LINES; i++) lines[i].level = 0;
}

static void take(char *text, long long *longest) {
    char *rest = NULL, *word = strtok_r(text, " ", &rest);
    char *name = strtok_r(NULL, " ", &rest);
    watched_line *line = name ? line_named(name) : NULL;
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
    } else if (word && line && rest && strcmp(word, "pull") == 0) {
        pull(line, atoi(rest));
    } else if (word && line && rest && strcmp(word, "wave") == 0) {
        long millihertz = atol(rest);
        line->half_ns = millihertz > 0 ? 500000000000L / millihertz : 0;
    }
}

static void listen_to(long long *longest) {
    static char text[LONGEST_COMMAND];
    static size_t count;
    ssize_t got = read(port, text + count, sizeof text - 1 - count);
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
    port = count == 2 ? open(words[1], O_RDWR | O_NONBLOCK | O_CLOEXEC) : -1;
    if (port < 0) {
        fprintf(stderr, "usage: agent PORT, which is to be there\n");
        return 2;
    }
    // Above the daemon's threads: a hog beside it, or the daemon itself, must not hide a change.
    struct sched_param above = {.sched_priority = 95};
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0 ||
        sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &above) != 0)
        perror("agent");
    greet();
    start_thread(make_wave, line_named("TACH"));
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
