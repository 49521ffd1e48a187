"""What the lines act on: the two heaters of the TCLab, and a fan with a tachometer."""

import contextlib
import threading

from emulator.plant import Plant as Heaters

#: Simulated seconds of the heaters in a second.
SPEED = 10.0
AMBIENT = 21.0
#: The fan's speed on full power, and its time constant in seconds.
FAN_RPM = 3000.0
FAN_S = 0.5
#: Pulses of its tachometer in a turn.
PULSES = 2


class Plant:
    """Runs in the guest's time. Heater 1 and fan hang on lines, heater 2 on the board."""

    def __init__(self, send_wave):
        """`send_wave` is given the frequency of the tachometer in mHz."""
        self._send_wave = send_wave
        self._lock = threading.Lock()
        self._heaters = Heaters(AMBIENT, seed=1)
        self._begin_ns = self._now_ns = 0
        self._fan = 0.0
        self._stays_cold = False
        #: What the fan hangs on: its line, or the channel of pulses.
        self.fan_wire = "FAN"
        self._sent = None
        self.rpm = 0.0

    def reset(self):
        """The heaters are cold."""
        with self._lock:
            widths = self._heaters.widths
            self._heaters = Heaters(AMBIENT, seed=1)
            self._heaters.widths = widths
            self._begin_ns = self._now_ns

    @contextlib.contextmanager
    def cold(self):
        """Meanwhile the heaters do not get warm, whatever their power: a law asks for everything."""
        self.reset()
        self._stays_cold = True
        try:
            yield
        finally:
            self._stays_cold = False
            self.reset()

    def time(self, time_ns):
        """Advances to a time of the guest; a time before the last one is that of another boot."""
        with self._lock:
            passed_s = (time_ns - self._now_ns) / 1e9
            if passed_s < 0:
                self._begin_ns += time_ns - self._now_ns
                passed_s = 0
            self._now_ns = time_ns
            if not self._stays_cold:
                self._heaters.advance((time_ns - self._begin_ns) / 1e9 * SPEED)
            aim = FAN_RPM * self._fan
            self.rpm += (aim - self.rpm) * min(1.0, passed_s / FAN_S)
            millihertz = int(self.rpm / 60 * PULSES * 1000)
        if self._sent is None or abs(millihertz - self._sent) > self._sent / 500:
            self._sent = millihertz
            self._send_wave(millihertz)

    def line(self, name, level):
        """A line has changed; of pulses, the part of the time on in per mille."""
        if name == "HEATER":
            self.heat(0, 1.0 if level == "1" else 0.0)
        elif name == self.fan_wire and level != "-":
            self._fan = float(level) / (1000 if name == "PWM" else 1)

    def heat(self, channel, fraction):
        """A heater's power from now on, 0 ... 1."""
        with self._lock:
            self._heaters.widths[channel] = int(255 * fraction)

    def readings(self):
        """Both sensors, in C."""
        with self._lock:
            return self._heaters.reading(0), self._heaters.reading(1)

    def temperatures(self):
        """What the sensors would show without noise, in C."""
        with self._lock:
            return tuple(self._heaters.sensors)

    def wave_again(self):
        """The tachometer's wave is to be sent again: another boot does not know it."""
        self._sent = None
