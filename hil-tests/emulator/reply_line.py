"""The way of replies to the host, with the faults of the line."""


class ReplyLine:
    """Spoils, delays and sends replies, in their order. Due times are simulated seconds."""

    def __init__(self, faults, clock, random_source):
        self._faults = faults
        self._clock = clock
        self._random = random_source
        self._queue = []
        self._flood_at = None

    def push(self, reply, now):
        """Takes a reply; the faults that act now decide what becomes of it."""
        reply = self._spoiled(reply)
        if not reply:
            return
        slow = self._faults.acting("slow")
        due = now if slow is None else now + slow.real_seconds * self._clock.speed
        if self._queue:
            due = max(due, self._queue[-1][0])
        self._queue.append((due, reply))

    def _spoiled(self, reply):
        if self._faults.acting("silence"):
            return b""
        garbage = self._faults.acting("garbage")
        if garbage is not None and reply:
            return self._random.randbytes(garbage.count)
        half = self._faults.acting("half")
        if half is not None and reply:
            return halved(reply, half.whole_lines)
        return reply

    def flood(self, now, byte_seconds):
        """The unasked bytes of a flood that are due."""
        fault = self._faults.acting("flood")
        if fault is None:
            self._flood_at = None
            return b""
        if self._flood_at is None or now - self._flood_at > 4096 * byte_seconds:
            self._flood_at = now
        sent = b""
        while self._flood_at <= now:
            sent += fault.line
            self._flood_at += len(fault.line) * byte_seconds
        return sent

    def pop_due(self, now):
        """The replies whose time has come, joined."""
        due = [reply for time, reply in self._queue if time <= now]
        del self._queue[:len(due)]
        return b"".join(due)

    def clear(self):
        """Forgets what was not sent."""
        self._queue.clear()

    def next_due(self):
        """When something is to be sent, or None."""
        times = [self._queue[0][0]] if self._queue else []
        times += [self._flood_at] if self._flood_at is not None else []
        return min(times, default=None)


def halved(reply, whole_lines):
    """So many whole lines and the first half of the next, without its end."""
    lines = reply.splitlines(keepends=True)
    whole_lines = min(whole_lines, len(lines) - 1)
    broken = lines[whole_lines].rstrip(b"\r\n")
    return b"".join(lines[:whole_lines]) + broken[:max(1, len(broken) // 2)]
