"""The user's own board on the serial line, as in configs/arduino.toml, with faults."""

import os
import re
import termios
import threading
import tty

from qmp import connected


class Port:
    """A serial port of this host, with what the board needs of a socket."""

    def __init__(self, path):
        """At 115200 baud, raw; raises OSError."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self._descriptor)
        settings = termios.tcgetattr(self._descriptor)
        settings[4] = settings[5] = termios.B115200
        termios.tcsetattr(self._descriptor, termios.TCSANOW, settings)

    def recv(self, count):
        """Octets that have come; waits for the first."""
        return os.read(self._descriptor, count)

    def sendall(self, octets):
        """Sends all of them."""
        while octets:
            octets = octets[os.write(self._descriptor, octets):]

    def close(self):
        """Gives it back."""
        os.close(self._descriptor)


class Board:
    """Talks through a socket of QEMU, which is a USB adapter in the guest while it is connected; or
    through a serial port of this host."""

    def __init__(self, plant, now_ns):
        """`now_ns` gives the guest's time, in steps of 20 ms."""
        self._plant = plant
        self._now_ns = now_ns
        self._socket = None
        #: What it answers to READ: "ok", "silent", "garbage", "stuck", "high", "nan".
        self.reading = "ok"
        #: Whether it obeys HEAT; otherwise it answers with the level that it has.
        self.obeys = True
        self.level = 0.0
        #: (guest's time in ns, level) of each HEAT that was obeyed.
        self.levels = []
        self._stuck = None
        #: What the second sensor on heater 1 shows beyond the first, in C.
        self.third_offset = 0.0

    def plug(self, path):
        """Plugs the cable in: a device, or unix:PATH and a path without it for a socket."""
        is_port = path.startswith("/dev/")
        self._socket = Port(path) if is_port else connected(path.removeprefix("unix:"), 20)
        threading.Thread(target=self._serve, args=(self._socket,), daemon=True).start()

    def unplug(self):
        """Pulls the cable."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _serve(self, line):
        rest = b""
        while True:
            try:
                octets = line.recv(4096)
            except OSError:
                return
            if not octets:
                return
            *requests, rest = (rest + octets).split(b"\n")
            for request in requests:
                answer = self._answer(request.decode("ascii", errors="replace").strip())
                if answer is None:
                    continue
                try:
                    line.sendall(answer)
                except OSError:
                    return

    def _answer(self, request):
        heat = re.fullmatch(r"HEAT (-?[0-9.]+)", request)
        if heat:
            if self.obeys:
                self.level = float(heat[1])
                self.levels.append((self._now_ns(), self.level))
                self._plant.heat(1, self.level / 100)
            return f"HEAT={self.level:.1f}\n".encode()
        if request != "READ" or self.reading == "silent":
            return None
        if self.reading == "garbage":
            return b"\xff\x00T1=\x80\n"
        if self.reading == "nan":
            return b"T1=nan T2=nan T3=nan\n"
        first, second = self._plant.readings()
        if self.reading == "high":
            first = second = 999.0
        if self.reading == "stuck":
            self._stuck = self._stuck or (first, second)
            first, second = self._stuck
        else:
            self._stuck = None
        third = first + self.third_offset
        return f"T1={first:.2f} T2={second:.2f} T3={third:.2f}\n".encode()

    def seconds_off_after(self, begin_ns):
        """Seconds from a time of the guest until its heater was told to be off; 0: it was off."""
        level = 0.0
        for time_ns, new in list(self.levels):
            if time_ns > begin_ns and level == 0:
                return 0.0
            if time_ns > begin_ns and new == 0:
                return (time_ns - begin_ns) / 1e9
            level = new
        return 0.0 if level == 0 else None
