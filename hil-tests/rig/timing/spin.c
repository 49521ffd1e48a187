// Computes for ever when nothing else wants the processor, so that it never halts.
//
// While it is halted, QEMU moves the guest's clock to the next timer from another thread of its own. That thread
// sees the halt before the last instructions are counted, and then adds them to the wait as well: up to a
// microsecond that comes and goes with the host.
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>

int main(void) {
    struct sched_param none = {0};
    if (sched_setscheduler(0, SCHED_IDLE, &none) != 0) {
        perror("spin");
        return 1;
    }
    // A translated block has up to 512 instructions, and nothing is left of these: a second costs milliseconds.
    for (;;) __asm__ volatile(".rept 400\n\tnop\n\t.endr");
}
