"""The control channel: one command a line over a UNIX stream socket."""

import os
import select
import socket
import stat

#: A longer line is a mistake, and its sender is dropped.
LONGEST_LINE = 1024
#: More clients than this are turned away.
MOST_CLIENTS = 16


class ControlServer:
    """Hands each line to `answer` and sends back what it returns."""

    def __init__(self, path, poll, answer):
        """Listens at `path`, replacing a socket left behind; raises OSError."""
        self._path = path
        self._poll = poll
        self._answer = answer
        self._clients = {}
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        if os.path.lexists(path):
            if not stat.S_ISSOCK(os.lstat(path).st_mode):
                raise FileExistsError(f"{path} exists and is not a socket")
            os.unlink(path)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(path)
        self._listener.listen(MOST_CLIENTS)
        self._listener.setblocking(False)
        poll.register(self._listener, select.POLLIN)

    def owns(self, descriptor):
        """Whether a descriptor is the listener's or a client's."""
        return descriptor == self._listener.fileno() or descriptor in self._clients

    def handle(self, descriptor):
        """Serves a descriptor of its own that became ready."""
        if descriptor == self._listener.fileno():
            self._accept()
        elif descriptor in self._clients:
            self._serve(descriptor)

    def _accept(self):
        client, _ = self._listener.accept()
        if len(self._clients) >= MOST_CLIENTS:
            client.close()
            return
        # Replies are a few kilobytes: a client that does not read them for so long is dropped.
        client.settimeout(0.2)
        self._clients[client.fileno()] = (client, bytearray())
        self._poll.register(client, select.POLLIN)

    def _serve(self, descriptor):
        client, pending = self._clients[descriptor]
        try:
            received = client.recv(4096)
            pending += received
            while b"\n" in pending:
                line, _, rest = bytes(pending).partition(b"\n")
                pending[:] = rest
                reply = self._answer(line.decode("utf-8", "replace").strip())
                client.sendall(reply.encode("utf-8") + b"\n")
        except OSError:
            received = b""
        if not received or len(pending) > LONGEST_LINE:
            self._drop(descriptor)

    def _drop(self, descriptor):
        client, _ = self._clients.pop(descriptor)
        self._poll.unregister(descriptor)
        client.close()

    def close(self):
        """Hangs up and removes the socket."""
        for descriptor in list(self._clients):
            self._drop(descriptor)
        self._poll.unregister(self._listener)
        self._listener.close()
        try:
            os.unlink(self._path)
        except FileNotFoundError:
            pass
