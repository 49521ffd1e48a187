"""A terminal with somebody in front of it: what a program draws, and what state it leaves."""

import fcntl
import os
import re
import select
import struct
import termios
import threading

_HOME = "\x1b[H"
_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class TerminalWindow:
    """A pseudo-terminal of a size; a context manager that closes it.

    All that is written to it is read at once, by a thread of its own.
    """

    def __init__(self, columns=80, rows=24):
        self._master, self.slave = os.openpty()
        self.resize(columns, rows)
        self._settings = termios.tcgetattr(self.slave)
        self._lock = threading.Lock()
        self._seen = b""
        self._is_open = True
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self):
        self._reader.start()
        return self

    def __exit__(self, *_):
        self.hang_up()
        os.close(self.slave)

    def _read(self):
        while self._is_open:
            if select.select([self._master], [], [], 0.05)[0]:
                try:
                    octets = os.read(self._master, 1 << 16)
                except OSError:
                    return
                with self._lock:
                    self._seen += octets

    def resize(self, columns, rows):
        """As somebody pulls at the window's corner; the kernel sends SIGWINCH."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def press(self, key):
        """Presses a key, `b"\\x03"` for Ctrl-C."""
        os.write(self._master, key)

    def hang_up(self):
        """Closes the window; once is enough."""
        if self._is_open:
            self._is_open = False
            self._reader.join()
            os.close(self._master)

    def text(self):
        """All that was written to it."""
        with self._lock:
            return self._seen.decode(errors="replace")

    def mark(self):
        """Where the text ends now, for `frames`."""
        return len(self.text())

    def frames(self, since=0):
        """The whole pictures drawn since a mark, each a list of its lines without sequences."""
        parts = self.text()[since:].split(_HOME)
        # Before the first home is the rest of another picture, the last one may be unfinished.
        # The terminal itself puts a carriage return before each line feed (ONLCR).
        return [
            [_SEQUENCE.sub("", line).rstrip("\r") for line in part.split("\n")]
            for part in parts[1:-1]]

    def is_as_before(self):
        """(holds, why not): settings as they were, the cursor to be seen, no colour left on."""
        # A line discipline may still be busy with what was pressed.
        found = termios.tcgetattr(self.slave)
        if found != self._settings:
            return False, f"settings: {found}, were {self._settings}"
        text = self.text()
        if text.rfind("\x1b[?25l") > text.rfind("\x1b[?25h"):
            return False, "the cursor is hidden"
        colours = re.findall(r"\x1b\[([0-9;]*)m", text)
        if colours and colours[-1] not in ("", "0"):
            return False, f"colour {colours[-1]} is on"
        if "\x1b[?1049h" in text and text.rfind("\x1b[?1049h") > text.rfind("\x1b[?1049l"):
            return False, "the other screen is on"
        return True, ""
