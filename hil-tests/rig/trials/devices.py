"""Hardware that goes away, or does not do what it is told."""

from stand import LIMIT_S
from trial import trial

DRIVER = "/sys/bus/platform/drivers/rig-gpio"


@trial(
    "cable-pulled",
    "the serial adapter is unplugged: the heater's line is safe; plugged in again all "
    "goes on", short=True)
def cable_pulled(stand):
    """USB; found again under its name in /dev/serial/by-id."""
    stand.heating()
    begin = stand.guest.now_ns()
    stand.board.unplug()
    seconds = stand.seconds_to_safe("HEATER", begin)
    stand.note(f"unplugged: HEATER {seconds * 1e3:.0f} ms")
    stand.check(seconds <= LIMIT_S, "safe after", seconds)
    stand.guest.sleep(2)
    told = len(stand.board.levels)
    stand.board.plug(stand.guest.board_path)
    stand.wait(lambda: len(stand.board.levels) > told, "not found again")
    first = stand.board.levels[told][1]
    stand.check(first == 0, "the first level after the gap was", first)
    stand.wait_heating()


@trial(
    "chip-gone",
    "the GPIO chip is unbound, so that no line can be written: the loops are safe; bound again, "
    "its lines come up safe")
def chip_gone(stand):
    """The actuator fails while its sensor is well."""
    stand.heating()
    stand.guest.must(f"echo rig-gpio >{DRIVER}/unbind")
    stand.wait(lambda: stand.guest.levels.now("HEATER") == "-", "the chip is still there")
    stand.wait(
        lambda: stand.status()["loops"][0]["state"] == "safe", "not noticed")
    cause = stand.status()["loops"][0]["cause"]
    stand.check(cause == "actuatorFailed", "cause", cause)
    begin = stand.guest.now_ns()
    stand.guest.must(f"echo rig-gpio >{DRIVER}/bind")
    stand.wait_heating()
    spans = [span for span in stand.guest.levels.spans("HEATER", begin) if span[0] != "-"]
    stand.check(spans[0][0] == "0", "the line came up as", spans[0])
    stand.note(f"off for {(spans[0][2] - spans[0][1]) / 1e9:.2f} s after the chip was back")


@trial(
    "output-refused",
    "the board answers HEAT with another level: the loop is safe; the first level that it obeys "
    "is the safe one")
def output_refused(stand):
    """A read-back that does not match."""
    stand.heating()
    stand.board.obeys = False
    stand.board.level = 100.0
    stand.wait(
        lambda: stand.status()["loops"][1]["state"] == "safe", "not noticed")
    cause = stand.status()["loops"][1]["cause"]
    stand.check(cause == "actuatorFailed", "cause", cause)
    told = len(stand.board.levels)
    stand.board.obeys = True
    begin = stand.guest.now_ns()
    stand.wait(lambda: len(stand.board.levels) > told, "nothing is sent")
    moment, level = stand.board.levels[told]
    stand.check(level == 0, "the first level was", level)
    stand.check((moment - begin) / 1e9 <= LIMIT_S, "sent after", moment - begin, "ns")
    stand.note(f"off {(moment - begin) / 1e6:.0f} ms after it obeyed again")
    stand.wait_heating()
