"""Starts: what runs although something is missing, and what is held from the beginning."""

import os
import signal

from bench import check, wait_until_heating
from lab_config import LabConfig

from .scenario import scenario

#: A heater without a loop, whose safe level is not 0.
HELD = """
[[actuator]]
name = "q2"
device = "lab"
channel = "Q2"
unit = "%"
range = ["0 %", "100 %"]
safe = "20 %"
slew = "1000 %/s"
max_age_ms = 500
"""


@scenario("record-unwritable", "a record that cannot be begun: the loop runs, says so, and records "
          "once it can", seconds=12)
def unwritable(bench):
    """Control is the first duty."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    room = bench.room()
    absent = os.path.join(room, "absent")
    daemon = bench.daemon(
        LabConfig(emulator.link, records=os.path.join(absent, "records")), directory=room)
    daemon.wait_for_message("not recorded")
    wait_until_heating(emulator, daemon)
    os.mkdir(absent)
    daemon.wait_for_message("record: works again")
    daemon.send(signal.SIGTERM)
    check(daemon.wait() == 0, "exit code", daemon.process.returncode, daemon.messages())
    check(emulator.status()["output1"] == 0, "the heater is on")
    records = os.listdir(os.path.join(absent, "records"))
    check(len(records) == 1, "records:", records)


@scenario("held-actuator", "an actuator without a loop is held at its safe level, and is off after "
          "the end", seconds=6)
def held(bench):
    """From the first cycle on, and not driven by anybody else."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link, records=None, extra=HELD))
    wait_until_heating(emulator, daemon)
    levels = {event["percent"][1] for event in emulator.log() if event["event"] == "heater"}
    check(levels <= {0.0, 20.0}, "levels of the second heater:", levels)
    check(emulator.status()["Q2"] == 20, "it is at", emulator.status()["Q2"])
    check(daemon.stop() == 0, daemon.messages())
    check(emulator.status()["output2"] == 0, "the second heater is on")
