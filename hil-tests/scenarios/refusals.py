"""What is not driven at all."""

from bench import check, wait_until_heating
from lab_config import LabConfig

from .scenario import scenario

#: The daemon asks for ten seconds before it gives up.
PATIENCE = 40.0


def refused(bench, path, reason, emulator=None):
    """The daemon ends with 69 and says why; the heaters were never on; nothing is recorded."""
    daemon = bench.daemon(LabConfig(path))
    status = daemon.wait(PATIENCE)
    check(status == 69, "exit", status, daemon.messages())
    check(reason in daemon.messages(), "no", reason, "in", daemon.messages())
    check(not daemon.records(), "a record of no tick:", daemon.records())
    if emulator:
        levels = [event["percent"] for event in emulator.log() if event["event"] == "heater"]
        check(all(level[0] == 0 for level in levels), "the heater was on:", levels)


@scenario("refuse-firmware", "firmwares 0.03, 1.01 and 1.4.0 are refused with the reason, exit 69",
          short=False, seconds=40)
def firmware(bench):
    """Each is told apart by its answer to VER."""
    for version, reason in (("0.03", "0.03"), ("1.01", "too old"), ("1.4.0", "without end")):
        emulator = bench.emulator(version)
        refused(bench, emulator.link, reason, emulator)


@scenario("refuse-absent", "a path that is not there: exit 69", seconds=12)
def absent(bench):
    """Nothing is opened, nothing is driven."""
    refused(bench, "/dev/serial/by-id/absent", "cannot be opened")


@scenario("refuse-busy", "a second daemon on the same line ends with 69; the first one goes on",
          seconds=15)
def busy(bench):
    """The line belongs to one."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    first = bench.daemon(LabConfig(emulator.link, records=None))
    wait_until_heating(emulator, first)
    refused(bench, emulator.link, "cannot be opened")
    check(first.process.poll() is None, "the first daemon ended")
    check(first.stop() == 0, first.messages())
