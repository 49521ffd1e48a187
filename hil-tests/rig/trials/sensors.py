"""The sensor lies or is silent: safe in time, and back when it is well again."""

from stand import LIMIT_S
from trial import trial

#: `stuck_s` and `time_s` of these trials.
STUCK_S = 3
DISAGREEMENT_S = 0.5


def lost(stand, fault, what, limit_s=LIMIT_S, changes=(), stays_cold=True):
    """A fault of the board's readings; both heaters go off, the fan goes on with its own sensor."""
    stand.heating(*changes, stays_cold=stays_cold)
    begin = stand.target.now_ns()
    fault(stand.board)
    stand.check_safe_within(limit_s, begin, what, "HEATER")
    stand.target.sleep(2)
    loops = stand.loops()
    stand.check([each["state"] for each in loops[:2]] == ["safe", "safe"], loops)
    stand.check(loops[2]["state"] != "safe", "the fan has its own sensor:", loops[2])
    stand.check(stand.target.levels.now("HEATER") == "0", "the heater came on again")
    stand.safe_board()


def reads(reading):
    """The board answers so."""

    def fault(board):
        board.reading = reading

    return fault


@trial("sensor-silent", "the board does not answer: safe, and back when it does")
def silent(stand):
    """The last reading grows old."""
    lost(stand, reads("silent"), "silent")
    stand.wait_heating()


@trial("sensor-garbage", "the board answers with bytes that mean nothing: safe, and back")
def garbage(stand):
    """Malformed."""
    lost(stand, reads("garbage"), "garbage")
    stand.wait_heating()


@trial("sensor-nan", "the board answers `nan`: safe, and back")
def nan(stand):
    """Malformed."""
    lost(stand, reads("nan"), "NaN")
    stand.wait_heating()


@trial(
    "sensor-out-of-range",
    "the board answers 999 C, beyond range and limit: safe at once, and latched")
def out_of_range(stand):
    """It may be true: docs/safety.md. Only the operator may go on."""
    lost(stand, reads("high"), "out of range")
    stand.target.sleep(3)
    loops = stand.loops()
    stand.check([each["state"] for each in loops[:2]] == ["safe", "safe"], "not latched:", loops)
    stand.check(all(each["latched"] for each in loops[:2]), "not latched:", loops)
    stand.go_on("heater", "plate")
    stand.wait_heating()


@trial(
    "sensor-stuck",
    "the readings stick while it heats: nothing notices without `[loop.stuck]`, and with it both "
    "heaters are safe within `stuck_s` and the limit")
def stuck(stand):
    """A plausible value: docs/safety.md states the gap, and what closes it."""
    stand.heating()
    stand.board.reading = "stuck"
    stand.target.sleep(3)
    loop = stand.loops()[0]
    stand.check(loop["state"] != "safe", "noticed, and docs/safety.md says otherwise:", loop)
    stand.check(stand.target.levels.now("HEATER") == "1", "the heater is off")
    rule = "[loop.stuck]\nstuck_s = 3\nresolution = \"0.5 C\"\ndeviation = \"5 C\"\n\n"
    both = [(f'[[loop]]\nname = "{after}"', rule + f'[[loop]]\nname = "{after}"')
            for after in ("plate", "fan")]
    lost(stand, reads("stuck"), "stuck", STUCK_S + LIMIT_S, both, stays_cold=False)
    stand.wait_heating(stays_cold=False)


@trial(
    "sensor-disagreement",
    "two sensors of heater 1 disagree (`[loop.redundant]`): its loop is safe within `time_s` and "
    "the limit, the others go on; back when they agree")
def disagreement(stand):
    """Nobody knows which is right; the second one shows 10 C more."""
    rule = ("[loop.redundant]\nsensor = \"t3\"\ndisagreement = \"3 C\"\n"
            f"time_s = {DISAGREEMENT_S}\n\n")
    stand.heating(('[[loop]]\nname = "plate"', rule + '[[loop]]\nname = "plate"'))
    begin = stand.target.now_ns()
    stand.board.third_offset = 10.0
    stand.check_took(stand.seconds_to_safe("HEATER", begin), DISAGREEMENT_S + LIMIT_S,
                     "sensors disagree: HEATER safe")
    stand.wait_state(0, "safe", "sensorDisagreement")
    stand.check(all(each["state"] != "safe" for each in stand.loops()[1:]), stand.loops())
    stand.check(stand.board.level > 0, "the plate has its own sensor")
    stand.safe_board()
    stand.wait_heating()
