"""All trials, in the order in which they run."""

from . import control, ends, sensors, devices, machine, power  # noqa: F401
