"""The user's own board on the serial line, as in configs/arduino.toml, with faults."""

import re
import threading

from qmp import connected


class Board:
    """Talks through a socket of QEMU, which is a USB adapter in the guest while it is connected."""

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

    def plug(self, path):
        """Plugs the cable in."""
        self._socket = connected(path, 20)
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
            return b"T1=nan T2=nan\n"
        first, second = self._plant.readings()
        if self.reading == "high":
            first = second = 999.0
        if self.reading == "stuck":
            self._stuck = self._stuck or (first, second)
            first, second = self._stuck
        else:
            self._stuck = None
        return f"T1={first:.2f} T2={second:.2f}\n".encode()

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
