#define _GNU_SOURCE
#include "CControlSocket.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 16 };

static int32_t address_of(const char *path, struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) > FLYBALL_CS_PATH_LIMIT) {
        return -ENAMETOOLONG;
    }
    strcpy(address->sun_path, path);
    return 0;
}

static int open_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int32_t flyball_cs_connect(const char *path, int32_t *descriptor) {
    struct sockaddr_un address;
    int32_t status = address_of(path, &address);
    if (status != 0) {
        return status;
    }
    int opened = open_socket();
    if (opened < 0) {
        return -errno;
    }
    // A full backlog is EAGAIN at once: a local connection is never in progress.
    if (connect(opened, (struct sockaddr *)&address, sizeof address) != 0) {
        status = -errno;
        close(opened);
        return status;
    }
    *descriptor = opened;
    return 0;
}

// Removes a socket that nobody listens at any more.
static int32_t remove_stale(const char *path) {
    struct stat entry;
    if (lstat(path, &entry) != 0) {
        return -errno;
    }
    int32_t probe;
    if (!S_ISSOCK(entry.st_mode)) {
        return -EADDRINUSE;
    }
    int32_t status = flyball_cs_connect(path, &probe);
    if (status == 0) {
        close(probe);
        return -EADDRINUSE;
    }
    if (status != -ECONNREFUSED) {
        return -EADDRINUSE;
    }
    return unlink(path) == 0 ? 0 : -errno;
}

int32_t flyball_cs_listen(const char *path, uint32_t mode, int32_t *descriptor) {
    struct sockaddr_un address;
    int32_t status = address_of(path, &address);
    if (status != 0) {
        return status;
    }
    int opened = open_socket();
    if (opened < 0) {
        return -errno;
    }
    int bound = bind(opened, (struct sockaddr *)&address, sizeof address);
    if (bound != 0 && errno == EADDRINUSE) {
        status = remove_stale(path);
        if (status == 0) {
            bound = bind(opened, (struct sockaddr *)&address, sizeof address);
        } else {
            errno = -status;
        }
    }
    if (bound != 0) {
        status = -errno;
        close(opened);
        return status;
    }
    // Before `listen`, every connection is refused: nobody comes in under other permissions.
    if (chmod(path, mode) != 0 || listen(opened, BACKLOG) != 0) {
        status = -errno;
        unlink(path);
        close(opened);
        return status;
    }
    *descriptor = opened;
    return 0;
}

int32_t flyball_cs_accept(int32_t listener, int32_t *descriptor, uint32_t *user,
                          int32_t *process) {
    int accepted;
    do {
        accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (accepted < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (accepted < 0) {
        return -errno;
    }
    struct ucred peer = {0};
    socklen_t size = sizeof peer;
    getsockopt(accepted, SOL_SOCKET, SO_PEERCRED, &peer, &size);
    *user = peer.uid;
    *process = peer.pid;
    *descriptor = accepted;
    return 0;
}

int32_t flyball_cs_receive(int32_t descriptor, void *bytes, uint32_t capacity, uint32_t *count) {
    ssize_t received;
    do {
        received = recv(descriptor, bytes, capacity, 0);
    } while (received < 0 && errno == EINTR);
    if (received < 0) {
        return -errno;
    }
    *count = (uint32_t)received;
    return 0;
}

int32_t flyball_cs_send(int32_t descriptor, const void *bytes, uint32_t length, uint32_t *count) {
    ssize_t sent;
    do {
        sent = send(descriptor, bytes, length, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        return -errno;
    }
    *count = (uint32_t)sent;
    return 0;
}

int32_t flyball_cs_wait(int32_t descriptor, uint32_t writes, uint32_t milliseconds) {
    struct pollfd entry = {.fd = descriptor, .events = writes ? POLLOUT : POLLIN};
    int ready = poll(&entry, 1, milliseconds > 60000 ? 60000 : (int)milliseconds);
    if (ready < 0) {
        return -errno;
    }
    return ready == 0 ? -ETIMEDOUT : 0;
}

int32_t flyball_cs_close(int32_t descriptor) {
    return close(descriptor) == 0 || errno == EINTR ? 0 : -errno;
}
