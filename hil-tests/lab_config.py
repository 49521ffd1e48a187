"""The configurations of the tests, in one place."""

import math
from dataclasses import dataclass

#: Simulated seconds in a real second, for the emulator and for every time below.
SPEED = 10.0
#: The driver's shortest cycle of requests, in real milliseconds (its default rule: a quarter of
#: the period, but not below this).
CYCLE_MS = 100
#: The shortest maximum ages, in real milliseconds. The driver demands two cycles; five leave room
#: for a busy machine. Scaling alone would give 300 and 500.
SHORTEST_AGE_MS = 500


@dataclass
class LabConfig:
    """A configuration for the emulated TCLab.

    Times are those of configs/tclab.toml, in the plant's seconds. The daemon knows no scaled time
    on hardware, so `text` divides them by the speed of the emulator: what the plant sees is the
    shipped configuration.
    """

    path: str
    law: str = "learned"
    speed: float = SPEED
    setpoint: float = 50.0
    limit_high: float = 90.0
    max_rate: float = 20.0
    period_s: float = 1.0
    ti_s: float = 70.0
    tt_s: float = 25.0
    bridge_s: float = 3.0
    recover_s: float = 10.0
    retry_s: float = 60.0
    sensor_max_age_s: float = 5.0
    actuator_max_age_s: float = 3.0
    overrun: str = "skip"
    #: In real milliseconds: the answers of the emulator take real time.
    deadline_ms: int = 100
    priority: int = 50
    lock_memory: bool = True
    model: str = "from-pid"
    #: Directory of the record; None is no record.
    records: str | None = "records"
    max_file_mb: int = 64
    every: int = 1
    #: Further text at the end, say a second actuator.
    extra: str = ""

    def real_ms(self, seconds):
        """A time of the plant in real milliseconds."""
        return max(1, round(seconds * 1000 / self.speed))

    @property
    def period_ms(self):
        """One tick in real milliseconds."""
        return self.real_ms(self.period_s)

    @property
    def sensor_max_age_ms(self):
        """In real milliseconds, as written."""
        return max(SHORTEST_AGE_MS, self.real_ms(self.sensor_max_age_s))

    @property
    def actuator_max_age_ms(self):
        """In real milliseconds, as written."""
        return max(SHORTEST_AGE_MS, self.real_ms(self.actuator_max_age_s))

    @property
    def cycle_s(self):
        """The driver's cycle in real seconds."""
        return max(CYCLE_MS, min(self.period_ms, self.actuator_max_age_ms) / 4) / 1000

    @property
    def lost_off_s(self):
        """Real seconds from the first reading that is missing to a heater that is off.

        A request may have to run into its deadline (up to three are in one cycle) before the loop
        is told; then come `bridge_ms`, one tick, and the rest of a cycle that is out of step, whose
        four waits are a deadline each at most.
        """
        deadline = self.deadline_ms / 1000
        bridge = math.ceil(self.real_ms(self.bridge_s) / self.period_ms) * self.period_ms / 1000
        return bridge + 2 * self.period_ms / 1000 + 2 * self.cycle_s + 7 * deadline

    @property
    def refused_off_s(self):
        """Real seconds from the first command that is not confirmed to a heater that is off."""
        age = self.actuator_max_age_ms / 1000
        return age + 2 * self.period_ms / 1000 + 2 * self.cycle_s + 4 * self.deadline_ms / 1000

    @property
    def earliest_back_s(self):
        """Real seconds from a fault's end before which the learned law may not act again.

        Two times `recover_ms`, counted in ticks; the first of them may have been due before the end
        and be late.
        """
        return (2 * self.real_ms(self.recover_s) - self.period_ms) / 1000

    def text(self):
        """The file."""
        rate = self.max_rate * self.speed
        lines = f"""\
schema = 1
name = "hil"
period_ms = {self.period_ms}
overrun = "{self.overrun}"

[realtime]
priority = {self.priority}
lock_memory = {"true" if self.lock_memory else "false"}

[[device]]
name = "lab"
driver = "tclab"
path = "{self.path}"
deadline_ms = {self.deadline_ms}

[[sensor]]
name = "t1"
device = "lab"
channel = "T1"
unit = "C"
range = ["0 C", "120 C"]
limit_high = "{self.limit_high} C"
limit_low = "0 C"
max_rate = "{rate} C/s"
max_age_ms = {self.sensor_max_age_ms}

[[actuator]]
name = "q1"
device = "lab"
channel = "Q1"
unit = "%"
range = ["0 %", "100 %"]
safe = "0 %"
slew = "{100 * self.speed} %/s"
max_age_ms = {self.actuator_max_age_ms}

[[loop]]
name = "heater"
sensor = "t1"
actuator = "q1"
setpoint = "{self.setpoint} C"
law = "{self.law}"

[loop.pid]
kp = "8.5 %/C"
ti_s = {self.ti_s / self.speed}
tt_s = {self.tt_s / self.speed}

[loop.supervisor]
bridge_ms = {self.real_ms(self.bridge_s)}
recover_ms = {self.real_ms(self.recover_s)}
retry_ms = {self.real_ms(self.retry_s)}
"""
        if self.law == "learned":
            lines += f'\n[loop.learned]\nmodel = "{self.model}"\n'
        if self.records is not None:
            lines += (
                f'\n[record]\ndirectory = "{self.records}"\n'
                f"max_file_mb = {self.max_file_mb}\nevery = {self.every}\n")
        return lines + self.extra


def simulated_config(
        speed=20.0, period_ms=1000, records=None, max_file_mb=64, every=1, model="from-pid",
        seed=1):
    """A configuration on the built-in plant; its clock is the simulated one."""
    text = f"""\
schema = 1
name = "sim"
period_ms = {period_ms}

[realtime]
priority = 0
lock_memory = false

[simulation]
plant = "tclab"
speed = {speed}
seed = {seed}
noise = "0.04 C"
quantum = "0.3223 C"

[[device]]
name = "lab"
driver = "sim"

[[sensor]]
name = "t1"
device = "lab"
channel = "y1"
unit = "C"
range = ["0 C", "120 C"]
limit_high = "90 C"
limit_low = "0 C"
max_rate = "20 C/s"
max_age_ms = 5000

[[actuator]]
name = "q1"
device = "lab"
channel = "u1"
unit = "%"
range = ["0 %", "100 %"]
safe = "0 %"
slew = "100 %/s"
max_age_ms = 3000

[[loop]]
name = "heater"
sensor = "t1"
actuator = "q1"
setpoint = "50 C"
law = "learned"

[loop.pid]
kp = "8.5 %/C"
ti_s = 70.0
tt_s = 25.0

[loop.learned]
model = "{model}"
"""
    if records is not None:
        text += (
            f'\n[record]\ndirectory = "{records}"\n'
            f"max_file_mb = {max_file_mb}\nevery = {every}\n")
    return text
