"""The serial port: a pseudo-terminal behind a stable link."""

import ctypes
import fcntl
import os
import struct
import termios
import tty

from .link import place_link, remove_link

_IN_OPEN = 0x20
_IN_CLOSE = 0x08 | 0x10
_EVENT = struct.Struct("iIII")
_BAUDS = {
    getattr(termios, f"B{baud}"): baud
    for baud in (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400)
}


class Terminal:
    """A pseudo-terminal that knows when its other side is opened and closed.

    A pseudo-terminal has no DTR line. Opens and closes of the device node are counted with
    inotify instead, which reports even an open that is closed again before anybody looks. The
    emulator keeps one descriptor of the other side for itself, opened before the count begins.
    """

    def __init__(self, link, cooked=False):
        """Makes the pair and the link; raises OSError."""
        self._link = link
        self._opens = 0
        self.lost_bytes = 0
        self.master, self._slave = os.openpty()
        if not cooked:
            tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        os.set_blocking(self.master, False)
        libc = ctypes.CDLL(None, use_errno=True)
        self.watch = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        mask = _IN_OPEN | _IN_CLOSE
        if self.watch < 0 or libc.inotify_add_watch(self.watch, self.path.encode(), mask) < 0:
            raise OSError(ctypes.get_errno(), "cannot watch the terminal")
        place_link(self.path, link)

    @property
    def is_open(self):
        """Whether anybody else has the other side open."""
        return self._opens > 0

    def baud(self):
        """The speed that was set on the other side."""
        return _BAUDS.get(termios.tcgetattr(self.master)[4])

    def changes(self):
        """The first opens and last closes since the last call, as True and False."""
        try:
            events = os.read(self.watch, 4096)
        except BlockingIOError:
            return []
        found = []
        offset = 0
        while offset < len(events):
            _, mask, _, name_length = _EVENT.unpack_from(events, offset)
            offset += _EVENT.size + name_length
            if mask & _IN_OPEN:
                self._opens += 1
                if self._opens == 1:
                    found.append(True)
            elif mask & _IN_CLOSE and self._opens > 0:
                self._opens -= 1
                if self._opens == 0:
                    found.append(False)
        return found

    def after_last_close(self):
        """Drops what was sent and not read, and exclusive use, as a serial port does."""
        termios.tcflush(self._slave, termios.TCIFLUSH)
        fcntl.ioctl(self._slave, termios.TIOCNXCL)

    def read(self):
        """The bytes that have arrived."""
        try:
            return os.read(self.master, 4096)
        except OSError:
            return b""

    def write(self, octets):
        """Sends bytes; what nobody takes is lost, as on a line without flow control."""
        try:
            written = os.write(self.master, octets)
        except OSError:
            written = 0
        self.lost_bytes += len(octets) - written

    def close(self):
        """Removes the link and hangs up."""
        remove_link(self.path, self._link)
        for descriptor in (self.watch, self._slave, self.master):
            os.close(descriptor)
