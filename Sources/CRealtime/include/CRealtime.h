#ifndef FLYBALL_CREALTIME_H
#define FLYBALL_CREALTIME_H

#include <stdbool.h>
#include <stdint.h>

// What the Swift side needs of Linux and cannot say itself. Every function returns 0 or -errno,
// and writes its results through pointers only when it returns 0, unless it says otherwise.

// MARK: Time

/// Nanoseconds of CLOCK_MONOTONIC; no system call where the vDSO serves it.
uint64_t flyball_rt_now(void);

/// Sleeps until `deadline_ns` of CLOCK_MONOTONIC; returns at once when that has passed. A signal
/// does not end the sleep.
int32_t flyball_rt_sleep_until(uint64_t deadline_ns);

/// Whether the kernel knows that something keeps CLOCK_REALTIME right: -EPERM where nobody may ask.
int32_t flyball_rt_clock_synchronized(bool *synchronized);

// MARK: Threads

/// Starts `body(context)` on a new joinable thread.
///
/// `priority` 0 is ordinary scheduling, anything else asks for SCHED_FIFO: -EPERM when it is not
/// permitted, -EINVAL when the system has no such priority; the caller decides what to do without.
/// `name` may be NULL and is cut to 15 bytes. Asynchronous signals are blocked in the thread, so
/// that they are handled by the others.
int32_t flyball_rt_thread_start(void (*body)(void *), void *context, int32_t priority,
                                uint64_t stack_bytes, const char *name, uint64_t *thread);

/// Waits for the end of the thread.
int32_t flyball_rt_thread_join(uint64_t thread);

/// The scheduling priority of the calling thread: 0 for ordinary scheduling.
int32_t flyball_rt_thread_priority(int32_t *priority);

/// SCHED_DEADLINE for the calling thread: so much computing time within `deadline_ns` of each
/// period's beginning, guaranteed and enforced. -EPERM without the right or with an affinity that
/// leaves out a processor, -EBUSY when the processors have promised too much already, -EINVAL for
/// times out of order (1 us <= runtime <= deadline <= period).
int32_t flyball_rt_deadline_set(uint64_t runtime_ns, uint64_t deadline_ns, uint64_t period_ns);

/// The scheduling policy of the calling thread as the kernel numbers it: 0 ordinary, 1 SCHED_FIFO,
/// 6 SCHED_DEADLINE.
int32_t flyball_rt_policy(int32_t *policy);

/// Binds the calling thread to processors, bit n for number n: -EINVAL when none of them is there.
int32_t flyball_rt_processors_set(uint64_t processors);

/// The processors that the calling thread may run on, of the first 64.
int32_t flyball_rt_processors(uint64_t *processors);

/// Computing time of the calling thread since its start.
int32_t flyball_rt_thread_cpu(uint64_t *nanoseconds);

/// Asks that no idle state takes longer than `longest_us` to leave, as long as the descriptor stays
/// open. `path` is /dev/cpu_dma_latency but in tests.
int32_t flyball_rt_idle_latency_hold(const char *path, int32_t longest_us, int32_t *descriptor);

/// The highest priority that this user may ask for without CAP_SYS_NICE; UINT64_MAX is no limit.
int32_t flyball_rt_priority_limit(uint64_t *limit);

/// The bytes that this user may lock without CAP_IPC_LOCK; UINT64_MAX is no limit.
int32_t flyball_rt_memory_lock_limit(uint64_t *limit);

/// Writes to the next `bytes` of the calling thread's stack, so that they are in memory.
void flyball_rt_stack_prefault(uint64_t bytes);

/// Page faults of the calling thread since its start: without and with input from a device.
int32_t flyball_rt_page_faults(uint64_t *minor, uint64_t *major);

// MARK: Memory

/// Locks all memory that the process has and will have.
int32_t flyball_rt_memory_lock(void);

/// Undoes `flyball_rt_memory_lock`.
int32_t flyball_rt_memory_unlock(void);

/// Keeps freed memory in the process: the heap is never trimmed and no block is mapped for itself,
/// so that a later allocation faults no new page in as long as the heap does not grow.
int32_t flyball_rt_heap_keep(void);

/// One heap for all threads, those that begin later: of its own each would hold 132 KB and more, all of
/// it locked.
int32_t flyball_rt_heap_share(void);

// MARK: RealtimeSanitizer. All of these do nothing in a program without it.

bool flyball_rt_sanitizer_present(void);
/// Begins and ends a section in which an allocation or a blocking call ends the program.
void flyball_rt_sanitizer_enter(void);
void flyball_rt_sanitizer_exit(void);
/// Begins and ends a sanctioned exception inside such a section.
void flyball_rt_sanitizer_disable(void);
void flyball_rt_sanitizer_enable(void);

// MARK: Descriptors, non-blocking unless it says otherwise

/// Opens a serial line raw, 8N1, non-blocking and exclusively.
///
/// `baud` is 9600, 19200, 38400, 57600 or 115200, else -EINVAL. `hang_up_on_close` false keeps DTR
/// at its level on close, which spares a board with auto-reset the reset. -EBUSY when another
/// process holds the line (TIOCEXCL, and flock for holders with CAP_SYS_ADMIN), -ENOTTY when it is
/// no terminal, -ENOTSUP when the driver did not take the settings.
int32_t flyball_rt_serial_open(const char *path, uint32_t baud, bool hang_up_on_close,
                               int32_t *descriptor);

/// Keeps others from a serial line that is open: -EBUSY when another process has it (see above).
int32_t flyball_rt_serial_claim(int32_t descriptor);

/// Gives that up before the line is closed: a pseudo-terminal would stay exclusive as long as its other
/// end is open. Of another file, its lock.
void flyball_rt_serial_release(int32_t descriptor);

/// Throws away what was received and not read, and what was written and not sent.
int32_t flyball_rt_serial_flush(int32_t descriptor);

/// Gives up the exclusive use and closes. After a kill, a real line is free at once; the slave of a
/// pseudo-terminal stays refused to unprivileged users until its master is closed, too.
int32_t flyball_rt_close(int32_t descriptor);

/// Reads what there is. -EAGAIN when there is nothing; `count` 0 is the end (hang-up).
int32_t flyball_rt_read(int32_t descriptor, void *bytes, uint32_t capacity, uint32_t *count);

/// Writes what fits. -EAGAIN when nothing does.
int32_t flyball_rt_write(int32_t descriptor, const void *bytes, uint32_t length, uint32_t *count);

/// Makes a pipe of about so many bytes; only its entrance is non-blocking.
int32_t flyball_rt_pipe(uint32_t capacity, int32_t *exit, int32_t *entrance);

#define FLYBALL_RT_READABLE 1u
#define FLYBALL_RT_WRITABLE 2u
/// Only in the answer: the other end is gone or the device is broken.
#define FLYBALL_RT_BROKEN 4u

/// Waits until one of `wanted` holds or `deadline_ns` of CLOCK_MONOTONIC has passed: -ETIMEDOUT.
int32_t flyball_rt_poll(int32_t descriptor, uint32_t wanted, uint64_t deadline_ns,
                        uint32_t *ready);

// MARK: Datagrams, which never wait

/// Connects a datagram socket to a path, or to an abstract name that begins with '@'.
int32_t flyball_rt_datagram_connect(const char *path, int32_t *descriptor);

/// Sends all of it or nothing: -EAGAIN when the receiver is behind.
int32_t flyball_rt_datagram_send(int32_t descriptor, const void *bytes, uint32_t length);

/// The device and inode behind a descriptor.
int32_t flyball_rt_identity(int32_t descriptor, uint64_t *device, uint64_t *inode);

// MARK: Last words

/// From now on a crash (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS) first writes
/// the bytes of every armed descriptor, then ends the process as it would have. Not on the overflow of a
/// stack, and not on SIGKILL, which nobody can catch.
int32_t flyball_rt_last_words_install(void);

/// What to write to an open descriptor on a crash, at most 2048 bytes: -ENOSPC after 25
/// descriptors. A write that would wait must fail instead: O_NONBLOCK.
int32_t flyball_rt_last_words_arm(int32_t descriptor, const void *bytes, uint32_t length);

/// Writes the bytes of every armed descriptor now: for a thread that is to end the process although the
/// owner of a descriptor hangs. Nothing is heard, and nothing waits.
void flyball_rt_last_words_say(void);

/// What else is said then, of outputs that are not written to: only what signal-safety(7) allows.
void flyball_rt_last_words_also(void (*say)(void));

/// To be called before the descriptor is closed.
void flyball_rt_last_words_disarm(int32_t descriptor);

#endif
