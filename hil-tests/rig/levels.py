"""What was seen of the lines: each change with the guest's monotonic time in nanoseconds."""

import threading

#: A time-proportioned line is off for a part of each window: safe is what stays so for longer.
SETTLED_NS = 300_000_000


class Levels:
    """The history of the lines since the guest's boot. Written by one thread, read by others."""

    def __init__(self):
        self._lock = threading.Lock()
        self._changes = {}

    def forget(self):
        """Begins anew: the guest has booted."""
        with self._lock:
            self._changes.clear()

    def take(self, name, level, time_ns):
        """A line has this level from this time on."""
        with self._lock:
            self._changes.setdefault(name, []).append((time_ns, level))

    def now(self, name):
        """The level of a line: "0", "1", "-" without its chip, None before it was looked at."""
        with self._lock:
            changes = self._changes.get(name)
            return changes[-1][1] if changes else None

    def spans(self, name, begin_ns):
        """(level, from, to) since `begin_ns`, in order; the last one has no end (None)."""
        with self._lock:
            changes = list(self._changes.get(name, []))
        ends = [time for time, _ in changes[1:]] + [None]
        return [
            (level, max(time, begin_ns), end)
            for (time, level), end in zip(changes, ends) if end is None or end > begin_ns]

    def settled(self, name, level, begin_ns, now_ns):
        """The first time since `begin_ns` from which `level` stood for SETTLED_NS; or None."""
        for found, start, end in self.spans(name, begin_ns):
            if found == level and (end or now_ns) - start >= SETTLED_NS:
                return start
        return None

    def seconds_at(self, name, level, begin_ns, end_ns):
        """For how long, in all, the line had `level` between two times."""
        total = 0
        for found, start, end in self.spans(name, begin_ns):
            if found == level and start < end_ns:
                total += min(end or end_ns, end_ns) - start
        return total / 1e9
