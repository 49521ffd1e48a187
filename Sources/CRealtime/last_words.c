#include "CRealtime.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

// Eight devices and sixteen actuators, the most that a configuration has, each with what turns its
// outputs off: at most sixteen lines of less than 128 bytes; and the terminal of a view.
#define SLOTS 25
#define WORDS 2048

static struct {
    atomic_int descriptor;
    uint32_t length;
    char bytes[WORDS];
} slots[SLOTS];

static atomic_int is_open_for_use;
static void (*_Atomic others)(void);

static void mark_all_free(void) {
    int expected = 0;
    if (atomic_compare_exchange_strong(&is_open_for_use, &expected, 1))
        for (int i = 0; i < SLOTS; i++) atomic_store(&slots[i].descriptor, -1);
}

// Only what signal-safety(7) allows: write.
void flyball_rt_last_words_say(void) {
    for (int i = 0; i < SLOTS; i++) {
        int descriptor = atomic_load(&slots[i].descriptor);
        if (descriptor < 0) continue;
        ssize_t ignored = write(descriptor, slots[i].bytes, slots[i].length);
        (void)ignored;
    }
    void (*say)(void) = atomic_load(&others);
    if (say) say();
}

void flyball_rt_last_words_also(void (*say)(void)) { atomic_store(&others, say); }

static void handle(int signal_number) {
    flyball_rt_last_words_say();
    // The handler was reset when it was entered: this ends the process as the signal would have.
    raise(signal_number);
}

int32_t flyball_rt_last_words_install(void) {
    mark_all_free();
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
    for (unsigned i = 0; i < sizeof fatal / sizeof *fatal; i++)
        if (sigaction(fatal[i], &action, NULL) != 0) return -errno;
    return 0;
}

int32_t flyball_rt_last_words_arm(int32_t descriptor, const void *bytes, uint32_t length) {
    if (descriptor < 0 || length > WORDS) return -EINVAL;
    mark_all_free();
    for (int i = 0; i < SLOTS; i++) {
        // A slot is written before its descriptor is, and no one else takes it in between: -2.
        int expected = -1;
        if (!atomic_compare_exchange_strong(&slots[i].descriptor, &expected, -2)) continue;
        memcpy(slots[i].bytes, bytes, length);
        slots[i].length = length;
        atomic_store(&slots[i].descriptor, descriptor);
        return 0;
    }
    return -ENOSPC;
}

void flyball_rt_last_words_disarm(int32_t descriptor) {
    if (descriptor < 0) return;
    for (int i = 0; i < SLOTS; i++) {
        int expected = descriptor;
        if (atomic_compare_exchange_strong(&slots[i].descriptor, &expected, -1)) return;
    }
}
