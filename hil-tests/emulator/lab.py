"""The plant as the firmware sees it through converter and pins, with the faults in between."""

import math

#: The pulse widths that 100 % means on a fresh board.
DEFAULT_LIMITS = (200.0, 100.0)


class Lab:
    """Reads sensors and drives heaters; heater and sensor faults act here."""

    def __init__(self, plant, faults, journal):
        self.plant = plant
        self.faults = faults
        self.journal = journal
        #: The widths the firmware asks for; the plant gets those that the faults leave.
        self.asked = [0, 0]

    def write(self, channel, width, cause):
        """Drives a heater with a pulse width of 0...255."""
        self.asked[channel] = width
        self.refresh(cause)

    def refresh(self, cause):
        """Lets the faults act on what the firmware asked for."""
        widths = [self._effective(channel) for channel in (0, 1)]
        if widths != self.plant.widths:
            self.plant.widths = widths
            self.journal.note("heater", widths=widths, percent=self.percent(), cause=cause)

    def _effective(self, channel):
        fault = self._heater_fault(channel, "output")
        if fault is None:
            return self.asked[channel]
        if fault.percent is None:
            return fault.found["widths"][channel]
        return int(fault.percent * DEFAULT_LIMITS[channel] / 100)

    def percent(self):
        """The true outputs in percent of a fresh board's full power."""
        return [
            100 * width / full for width, full in zip(self.plant.widths, DEFAULT_LIMITS)]

    def obeys(self, channel):
        """Whether the heater's level can be changed by command."""
        return self._heater_fault(channel, "ignore") is None

    def reported(self, channel, level):
        """The level that replies show for `level`."""
        fault = self._heater_fault(channel, "echo")
        if fault is None:
            return level
        return fault.found["levels"][channel] if fault.percent is None else fault.percent

    def _heater_fault(self, channel, mode):
        return self.faults.acting("heater_stuck", channel, mode)

    def temperature(self, channel, quantum, readings):
        """The mean of so many conversions, in degrees Celsius."""
        total = 0.0
        for _ in range(readings):
            steps = math.floor((self._analog(channel) + 50) / quantum)
            total += max(0, min(1023, steps)) * quantum - 50
        return total / readings

    def _analog(self, channel):
        stuck = self.faults.acting("stuck", channel)
        jump = self.faults.acting("jump", channel)
        value = self.plant.reading(channel) if stuck is None else stuck.found["readings"][channel]
        return value if jump is None else value + jump.offset

    def spoiled_text(self, channel):
        """The text that stands in for a temperature, or None."""
        fault = self.faults.acting("nan", channel)
        return None if fault is None else fault.value
