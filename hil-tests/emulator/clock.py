"""Simulated time."""

import time


class Clock:
    """Simulated seconds since the start: `speed` of them pass in one real second."""

    def __init__(self, speed):
        self.speed = speed
        self._start = time.monotonic()

    def now(self):
        """Simulated seconds since the start."""
        return (time.monotonic() - self._start) * self.speed

    def real_seconds(self, simulated):
        """The real length of a simulated span."""
        return simulated / self.speed
