"""Hardware that goes away, or does not do what it is told."""

from stand import LIMIT_S
from trial import trial

DRIVER = "/sys/bus/platform/drivers/rig-gpio"


@trial(
    "cable-pulled",
    "the serial adapter is unplugged: the heater's line is safe; plugged in again all goes on",
    needs="cable")
def cable_pulled(stand):
    """USB; found again under its name in /dev/serial/by-id."""
    stand.heating()
    begin = stand.target.now_ns()
    stand.board.unplug()
    stand.check_took(stand.seconds_to_safe("HEATER", begin), LIMIT_S, "unplugged: HEATER safe")
    stand.target.sleep(2)
    told = len(stand.board.levels)
    stand.board.plug(stand.wiring.board)
    stand.wait(lambda: len(stand.board.levels) > told, "not found again")
    first = stand.board.levels[told][1]
    stand.check(first == 0, "the first level after the gap was", first)
    stand.wait_heating()


@trial(
    "chip-gone",
    "the GPIO chip is unbound, so that no line can be written or read: all loops are safe; bound "
    "again, its lines come up safe and stay so until the operator goes on", needs="chip")
def chip_gone(stand):
    """The interlock is on the chip, too. Without the tachometer: Linux 6.1 does not survive that a
    chip goes whose line somebody has as an interrupt."""
    text = stand.wiring.configuration()
    tachometer = text[text.index('[[sensor]]\nname = "speed"'):text.index("# A closed contact")]
    loop = text[text.index('[[loop]]\nname = "fan"'):text.index("[control]")]
    stand.has_fan_loop = False
    try:
        stand.heating((tachometer, ""), (loop, ""))
        begin = stand.target.now_ns()
        stand.target.must(f"echo rig-gpio >{DRIVER}/unbind")
        stand.check_took(stand.seconds_to_plate_off(begin), LIMIT_S, "chip gone: plate safe")
        stand.check(stand.target.levels.now("HEATER") == "-", "the chip is still there")
        stand.wait_state(0, "safe", "interlockLost")
        begin = stand.target.now_ns()
        stand.target.must(f"echo rig-gpio >{DRIVER}/bind")
        stand.wait(lambda: stand.target.levels.now("HEATER") != "-", "the chip is not back")
        stand.target.sleep(3)
        spans = [span for span in stand.target.levels.spans("HEATER", begin) if span[0] != "-"]
        stand.check([span[0] for span in spans] == ["0"], "the line came up as", spans)
        stand.go_on("heater", "plate")
        stand.wait_heating()
    finally:
        stand.has_fan_loop = True


@trial(
    "output-refused",
    "the board answers HEAT with another level: the loop is safe; the first level that it obeys "
    "is the safe one")
def output_refused(stand):
    """A read-back that does not match."""
    stand.heating()
    stand.board.obeys = False
    stand.board.level = 100.0
    stand.wait_state(1, "safe", "actuatorFailed")
    told = len(stand.board.levels)
    stand.board.obeys = True
    begin = stand.target.now_ns()
    stand.wait(lambda: len(stand.board.levels) > told, "nothing is sent")
    moment, level = stand.board.levels[told]
    stand.check(level == 0, "the first level was", level)
    stand.check_took((moment - begin) / 1e9, LIMIT_S, "off once it obeys again")
    stand.wait_heating()


@trial(
    "interlock-opened",
    "the emergency stop opens its line: every output is safe in time, and stays so when it closes, "
    "until the operator goes on")
def interlock_opened(stand):
    """Latched; it wins over everything."""
    stand.heating()
    begin = stand.target.now_ns()
    stand.target.send("pull ESTOP 0")
    stand.check_safe_within(LIMIT_S, begin, "opened")
    stand.wait_state(0, "safe", "interlockOpen")
    refused = stand.target.run("flyball mode heater safe && flyball mode heater auto")
    stand.target.sleep(1)
    stand.check(stand.target.levels.now("HEATER") == "0", "on while it is open:", refused.output)
    stand.target.send("pull ESTOP 1")
    stand.stays_safe(3)
    loops = stand.loops()
    stand.check(all(each["latched"] for each in loops), "not latched:", loops)
    stand.go_on("heater", "plate", "fan")
    stand.wait_heating()
