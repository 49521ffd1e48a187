"""The faults of a run in the order of time."""

from .fault import FaultError

#: More waiting or acting faults than this are refused: a test that adds without end is wrong.
MOST_FAULTS = 64


class FaultSchedule:
    """Which faults wait and which act."""

    def __init__(self):
        self._waiting = []
        self._acting = []

    def add(self, fault):
        """Takes a fault; raises FaultError when there are too many."""
        if len(self._waiting) + len(self._acting) >= MOST_FAULTS:
            raise FaultError(f"more than {MOST_FAULTS} faults")
        self._waiting.append(fault)
        self._waiting.sort(key=lambda each: each.start)

    def update(self, now):
        """Moves on to `now`; gives the faults that began and those that ended."""
        begun = [fault for fault in self._waiting if fault.start <= now]
        self._waiting = [fault for fault in self._waiting if fault.start > now]
        self._acting += begun
        ended = [each for each in self._acting if each.end is not None and each.end <= now]
        self._acting = [each for each in self._acting if each not in ended]
        return begun, ended

    def clear(self, kind=None):
        """Drops all faults, or those of one kind; gives those that acted."""
        dropped = [each for each in self._acting if kind in (None, each.kind)]
        self._acting = [each for each in self._acting if each not in dropped]
        self._waiting = [each for each in self._waiting if kind not in (None, each.kind)]
        return dropped

    def acting(self, kind, channel=None, mode=None):
        """The fault of this kind (channel, mode) that began last and still acts, or None."""
        for fault in reversed(self._acting):
            if (
                fault.kind == kind
                and (channel is None or channel in fault.channels)
                and (mode is None or fault.mode == mode)
            ):
                return fault
        return None

    def all_acting(self):
        """The texts of all faults that act."""
        return [fault.text for fault in self._acting]

    def next_change(self):
        """The simulated time of the next begin or end, or None."""
        times = [fault.start for fault in self._waiting]
        times += [fault.end for fault in self._acting if fault.end is not None]
        return min(times, default=None)
