"""The host's side of a serial line, for tests."""

import os
import select
import termios
import tty

from emulator_process import PATIENCE


class SerialHost:
    """An open port; a context manager that closes it. Reads fail after a generous time."""

    def __init__(self, path, baud=termios.B115200):
        """Opens and sets the port up raw; raises OSError."""
        self.descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self.descriptor)
        settings = termios.tcgetattr(self.descriptor)
        settings[4] = settings[5] = baud
        termios.tcsetattr(self.descriptor, termios.TCSANOW, settings)
        self._received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes the port; once is enough."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def send(self, octets):
        """Writes bytes as they are."""
        os.write(self.descriptor, octets)

    def read_line(self):
        """The next line without its CRLF, or raises TimeoutError."""
        while b"\r\n" not in self._received:
            self._receive()
        line, _, self._received = self._received.partition(b"\r\n")
        return line

    def read_bytes(self, count):
        """So many bytes, or raises TimeoutError."""
        while len(self._received) < count:
            self._receive()
        octets, self._received = self._received[:count], self._received[count:]
        return octets

    def read_available(self):
        """The bytes that are there already."""
        while select.select([self.descriptor], [], [], 0)[0]:
            self._receive()
        octets, self._received = self._received, b""
        return octets

    def ask(self, command):
        """Sends a command with a LF; gives the first line of the reply."""
        self.send(command + b"\n")
        return self.read_line()

    def _receive(self):
        if not select.select([self.descriptor], [], [], PATIENCE)[0]:
            raise TimeoutError(f"no reply, only {self._received!r}")
        octets = os.read(self.descriptor, 4096)
        if not octets:
            raise ConnectionError("the line hung up")
        self._received += octets
