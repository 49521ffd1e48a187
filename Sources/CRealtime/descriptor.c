#define _GNU_SOURCE
#include "CRealtime.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000u

static bool speed_of(uint32_t baud, speed_t *speed) {
    switch (baud) {
    case 9600: *speed = B9600; return true;
    case 19200: *speed = B19200; return true;
    case 38400: *speed = B38400; return true;
    case 57600: *speed = B57600; return true;
    case 115200: *speed = B115200; return true;
    default: return false;
    }
}

static int32_t configure(int descriptor, speed_t speed, bool hang_up_on_close) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) != 0) {
        return -errno;
    }
    cfmakeraw(&settings);
    settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | HUPCL);
    settings.c_cflag |= CLOCAL | CREAD | (hang_up_on_close ? HUPCL : 0);
    // With VMIN 0, silence would read like a hang-up: no bytes, instead of EAGAIN.
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    if (cfsetispeed(&settings, speed) != 0 || cfsetospeed(&settings, speed) != 0
        || tcsetattr(descriptor, TCSANOW, &settings) != 0) {
        return -errno;
    }
    // tcsetattr succeeds when any one of the changes was made, so look at what was taken.
    struct termios taken;
    if (tcgetattr(descriptor, &taken) != 0) {
        return -errno;
    }
    const tcflag_t checked = CSIZE | CSTOPB | PARENB | CREAD | HUPCL;
    bool same = cfgetospeed(&taken) == speed && taken.c_lflag == settings.c_lflag
        && (taken.c_cflag & checked) == (settings.c_cflag & checked);
    return same ? 0 : -ENOTSUP;
}

int32_t flyball_rt_serial_claim(int32_t descriptor) {
    if (ioctl(descriptor, TIOCEXCL) != 0) {
        return -errno;
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? -EBUSY : -errno;
    }
    return 0;
}

void flyball_rt_serial_release(int32_t descriptor) {
    ioctl(descriptor, TIOCNXCL);
    // A close is not enough: a child between fork and exec has the descriptor, and with it the lock, for a while.
    flock(descriptor, LOCK_UN);
}

int32_t flyball_rt_serial_open(const char *path, uint32_t baud, bool hang_up_on_close,
                               int32_t *descriptor) {
    speed_t speed;
    if (!speed_of(baud, &speed)) {
        return -EINVAL;
    }
    int opened;
    do {
        opened = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    } while (opened < 0 && errno == EINTR);
    if (opened < 0) {
        return -errno;
    }
    int32_t status = flyball_rt_serial_claim(opened);
    if (status == 0) {
        status = configure(opened, speed, hang_up_on_close);
    }
    if (status != 0) {
        close(opened);
        return status;
    }
    *descriptor = opened;
    return 0;
}

int32_t flyball_rt_serial_flush(int32_t descriptor) {
    return tcflush(descriptor, TCIOFLUSH) == 0 ? 0 : -errno;
}

int32_t flyball_rt_close(int32_t descriptor) {
    flyball_rt_serial_release(descriptor);
    // On Linux the descriptor is gone even after EINTR, so that is not a failure to be retried.
    return close(descriptor) == 0 || errno == EINTR ? 0 : -errno;
}

int32_t flyball_rt_read(int32_t descriptor, void *bytes, uint32_t capacity, uint32_t *count) {
    ssize_t received;
    do {
        received = read(descriptor, bytes, capacity);
    } while (received < 0 && errno == EINTR);
    if (received < 0) {
        return -errno;
    }
    *count = (uint32_t)received;
    return 0;
}

int32_t flyball_rt_write(int32_t descriptor, const void *bytes, uint32_t length, uint32_t *count) {
    ssize_t sent;
    do {
        sent = write(descriptor, bytes, length);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        return -errno;
    }
    *count = (uint32_t)sent;
    return 0;
}

int32_t flyball_rt_pipe(uint32_t capacity, int32_t *exit, int32_t *entrance) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -errno;
    }
    // The kernel may grant less, to users with many pipes: then more is dropped.
    fcntl(ends[1], F_SETPIPE_SZ, (int)capacity);
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
        int32_t status = -errno;
        close(ends[0]);
        close(ends[1]);
        return status;
    }
    *exit = ends[0];
    *entrance = ends[1];
    return 0;
}

int32_t flyball_rt_poll(int32_t descriptor, uint32_t wanted, uint64_t deadline_ns,
                        uint32_t *ready) {
    struct pollfd watched = {.fd = descriptor};
    watched.events = (short)((wanted & FLYBALL_RT_READABLE ? POLLIN : 0)
        | (wanted & FLYBALL_RT_WRITABLE ? POLLOUT : 0));
    int found;
    do {
        uint64_t now = flyball_rt_now();
        uint64_t left = now < deadline_ns ? deadline_ns - now : 0;
        struct timespec timeout = {
            .tv_sec = (time_t)(left / NS_PER_S),
            .tv_nsec = (long)(left % NS_PER_S),
        };
        found = ppoll(&watched, 1, &timeout, NULL);
    } while (found < 0 && errno == EINTR);
    if (found < 0) {
        return -errno;
    }
    if (found == 0) {
        return -ETIMEDOUT;
    }
    *ready = (watched.revents & POLLIN ? FLYBALL_RT_READABLE : 0)
        | (watched.revents & POLLOUT ? FLYBALL_RT_WRITABLE : 0)
        | (watched.revents & (POLLERR | POLLHUP | POLLNVAL) ? FLYBALL_RT_BROKEN : 0);
    return 0;
}
