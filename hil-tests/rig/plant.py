"""What the lines act on, outside the guest: the two heaters of the TCLab, and a fan with a tachometer."""

import threading
import time

from emulator.plant import Plant as Heaters

#: Simulated seconds of the heaters in a real second.
SPEED = 10.0
AMBIENT = 21.0
#: The fan's speed on full power, and its time constant in real seconds.
FAN_RPM = 3000.0
FAN_S = 0.5
#: Pulses of its tachometer in a turn.
PULSES = 2
STEP_S = 0.02


class Plant:
    """Runs in real time on a thread of its own. Heater 1 and fan hang on lines, heater 2 on the board."""

    def __init__(self, send_wave):
        """`send_wave` is given the frequency of the tachometer in mHz."""
        self._send_wave = send_wave
        self._lock = threading.Lock()
        self._heaters = None
        self._begin = 0.0
        self._fan_on = False
        self.rpm = 0.0
        self.reset()
        self._ends = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def reset(self):
        """All is cold."""
        with self._lock:
            widths = self._heaters.widths if self._heaters else [0, 0]
            self._heaters = Heaters(AMBIENT, seed=1)
            self._heaters.widths = widths
            self._begin = time.monotonic()

    def line(self, name, level):
        """A line has changed."""
        if name == "HEATER":
            self.heat(0, 1.0 if level == "1" else 0.0)
        elif name == "FAN":
            self._fan_on = level == "1"

    def heat(self, channel, fraction):
        """A heater's power from now on, 0 ... 1."""
        with self._lock:
            self._advance()
            self._heaters.widths[channel] = int(255 * fraction)

    def readings(self):
        """Both sensors, in C."""
        with self._lock:
            self._advance()
            return self._heaters.reading(0), self._heaters.reading(1)

    def temperatures(self):
        """What the sensors would show without noise, in C."""
        with self._lock:
            self._advance()
            return tuple(self._heaters.sensors)

    def _advance(self):
        self._heaters.advance((time.monotonic() - self._begin) * SPEED)

    def _run(self):
        sent = None
        last = time.monotonic()
        while not self._ends.wait(STEP_S):
            now = time.monotonic()
            aim = FAN_RPM if self._fan_on else 0.0
            self.rpm += (aim - self.rpm) * min(1.0, (now - last) / FAN_S)
            last = now
            millihertz = int(self.rpm / 60 * PULSES * 1000)
            if sent is None or abs(millihertz - sent) > sent / 500:
                sent = millihertz
                self._send_wave(millihertz)

    def close(self):
        """Ends the thread."""
        self._ends.set()
