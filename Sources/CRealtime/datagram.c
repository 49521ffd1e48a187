#define _GNU_SOURCE
#include "CRealtime.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int32_t flyball_rt_datagram_connect(const char *path, int32_t *descriptor) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path) {
        return -EINVAL;
    }
    memcpy(address.sun_path, path, length);
    // An abstract name: it begins with a zero byte, and its length counts.
    if (path[0] == '@') {
        address.sun_path[0] = 0;
    }
    int opened = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (opened < 0) {
        return -errno;
    }
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (connect(opened, (const struct sockaddr *)&address, size) != 0) {
        int32_t status = -errno;
        close(opened);
        return status;
    }
    *descriptor = opened;
    return 0;
}

int32_t flyball_rt_datagram_send(int32_t descriptor, const void *bytes, uint32_t length) {
    ssize_t sent;
    do {
        sent = send(descriptor, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

int32_t flyball_rt_identity(int32_t descriptor, uint64_t *device, uint64_t *inode) {
    struct stat found;
    if (fstat(descriptor, &found) != 0) {
        return -errno;
    }
    *device = (uint64_t)found.st_dev;
    *inode = (uint64_t)found.st_ino;
    return 0;
}
