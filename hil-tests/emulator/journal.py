"""The log of what reached the board and what it did."""

import json
import math
import time


class Journal:
    """Writes one JSON object a line: simulated time, monotonic time, event, and its fields."""

    def __init__(self, path, clock):
        self._clock = clock
        self._file = open(path, "w", encoding="ascii", buffering=1) if path else None

    def note(self, event, **fields):
        """Appends one event."""
        if self._file is None:
            return
        entry = {"t": round(self._clock.now(), 4), "monotonic": time.monotonic(), "event": event}
        entry.update(fields)
        self._file.write(json.dumps(finite(entry)) + "\n")

    def close(self):
        """Ends the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def finite(value):
    """The value with every number that JSON cannot carry replaced by null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    return value
