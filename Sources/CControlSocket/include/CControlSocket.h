#ifndef FLYBALL_CCONTROLSOCKET_H
#define FLYBALL_CCONTROLSOCKET_H

#include <stdint.h>

// Stream sockets in the file system, non-blocking and closed on exec. Every function returns 0 or
// -errno, and writes its results through pointers only when it returns 0.

/// The longest path, without the zero at its end.
#define FLYBALL_CS_PATH_LIMIT 107

/// Listens at a path with the permissions `mode`, which hold before anyone can connect.
///
/// A socket that nobody listens at is replaced: its owner was killed. -EADDRINUSE when somebody
/// does, or when the path is something else; -ENAMETOOLONG for a longer path.
int32_t flyball_cs_listen(const char *path, uint32_t mode, int32_t *descriptor);

/// Takes a connection that waits, and who made it. -EAGAIN when none does.
int32_t flyball_cs_accept(int32_t listener, int32_t *descriptor, uint32_t *user,
                          int32_t *process);

/// -ENOENT and -ECONNREFUSED when nobody listens, -EACCES when it is not permitted.
int32_t flyball_cs_connect(const char *path, int32_t *descriptor);

/// Reads what there is. -EAGAIN when there is nothing; `count` 0 is the end.
int32_t flyball_cs_receive(int32_t descriptor, void *bytes, uint32_t capacity, uint32_t *count);

/// Writes what fits, and never raises SIGPIPE. -EAGAIN when nothing does.
int32_t flyball_cs_send(int32_t descriptor, const void *bytes, uint32_t length, uint32_t *count);

/// Waits up to so many milliseconds until there is something to read or, with `writes`, room to
/// write: -ETIMEDOUT; -EINTR after a signal.
int32_t flyball_cs_wait(int32_t descriptor, uint32_t writes, uint32_t milliseconds);

int32_t flyball_cs_close(int32_t descriptor);

#endif
