"""The sensor lies or is silent: safe in time, and back when it is well again."""

from stand import LIMIT_S
from trial import trial


def lost(stand, reading, what):
    """A fault of the board's readings; both heaters go off, the fan goes on with its own sensor."""
    stand.heating()
    stand.board.reading = reading
    begin = stand.guest.now_ns()
    seconds = stand.seconds_to_safe("HEATER", begin)
    stand.wait(lambda: stand.board.level == 0, "the plate never is off")
    plate = stand.board.seconds_off_after(begin)
    stand.note(f"{what}: HEATER {seconds * 1e3:.0f} ms, plate {plate * 1e3:.0f} ms")
    stand.check(seconds <= LIMIT_S and plate <= LIMIT_S, what, seconds, plate)
    stand.guest.sleep(2)
    loops = stand.status()["loops"]
    stand.check([each["state"] for each in loops[:2]] == ["safe", "safe"], loops)
    stand.check(loops[2]["state"] != "safe", "the fan has its own sensor:", loops[2])
    stand.check(stand.guest.levels.now("HEATER") == "0", "the heater came on again")
    stand.board.reading = "ok"


@trial("sensor-silent", "the board does not answer: safe, and back when it does")
def silent(stand):
    """The last reading grows old."""
    lost(stand, "silent", "silent")
    stand.wait_heating()


@trial("sensor-garbage", "the board answers with bytes that mean nothing: safe, and back")
def garbage(stand):
    """Malformed."""
    lost(stand, "garbage", "garbage")
    stand.wait_heating()


@trial("sensor-nan", "the board answers `nan`: safe, and back")
def nan(stand):
    """Malformed."""
    lost(stand, "nan", "NaN")
    stand.wait_heating()


@trial(
    "sensor-out-of-range",
    "the board answers 999 C, beyond range and limit: safe at once, and latched")
def out_of_range(stand):
    """It may be true: docs/safety.md. Only the operator may go on."""
    lost(stand, "high", "out of range")
    stand.guest.sleep(3)
    loops = stand.status()["loops"]
    stand.check([each["state"] for each in loops[:2]] == ["safe", "safe"], "not latched:", loops)
    stand.guest.must("flyball mode heater auto && flyball mode plate auto")
    stand.wait_heating()


@trial("sensor-stuck", "the readings stick while it heats: the gap that docs/safety.md states")
def stuck(stand):
    """Nothing notices a plausible value. When it is noticed, this trial must change."""
    stand.heating()
    stand.board.reading = "stuck"
    stand.guest.sleep(3)
    loop = stand.status()["loops"][0]
    stand.check(loop["state"] != "safe", "noticed, and docs/safety.md says otherwise:", loop)
    stand.check(stand.guest.levels.now("HEATER") == "1", "the heater is off")
    stand.board.reading = "ok"
