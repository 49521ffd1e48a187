"""The view in the terminal: it draws, and it leaves the terminal as it was."""

import re
import signal
import time

from bench import check, seconds_on_after
from lab_config import LabConfig
from terminal_window import TerminalWindow

from .endings import hung, wait_burying
from .scenario import scenario
from .signals import OFF_S

#: (columns, rows): usual ones, those below which one line is left, and impossible ones.
SIZES = ((120, 40), (40, 12), (30, 10), (29, 9), (10, 3), (1, 1), (0, 0), (500, 200), (80, 24))
#: For so long a size is kept, in real seconds: ten ticks.
LOOK_S = 1.0
#: The terminal's last bytes may still be on their way.
SETTLE_S = 0.2


def watched(bench, emulator, window, **settings):
    """A daemon that draws on a window, which is its controlling terminal."""
    return bench.daemon(
        LabConfig(emulator.link, **settings), "--live", wrapper=("setsid", "--ctty"),
        stdin=window.slave, stdout=window.slave)


def draws(window):
    """Waits for pictures of a running loop."""
    end = time.monotonic() + 20.0
    while len(window.frames()) < 10:
        check(time.monotonic() < end, "nothing is drawn:", window.text()[-500:])
        time.sleep(0.05)
    return window.frames()[-1]


def as_before(window, why):
    """The terminal is as it was."""
    time.sleep(SETTLE_S)
    holds, found = window.is_as_before()
    check(holds, why, "leaves the terminal changed:", found)


@scenario(
    "live-draws", "--live draws chart, setpoint, measurement and state within the window and goes "
    "on through every size of it; SIGTERM leaves the terminal as it was", seconds=20)
def live_draws(bench):
    """Also a window of no columns at all, which some terminals say they are."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow(80, 24))
    daemon = watched(bench, emulator, window)
    emulator.wait_for(lambda status: status["output1"] > 50)
    picture = draws(window)
    check(fits(picture, 80, 24), "larger than 80 x 24:", picture)
    for words in ("hil: heater", "measured", "setpoint 50.00 C"):
        check(any(words in line for line in picture), words, "is not in", picture)
    state = re.match(r"t (\d+\.\d) s .*  learned \(nominal\)$", picture[-1])
    check(state is not None, "time or state is not in", picture[-1])
    # Since the start, not since the machine's.
    check(float(state[1]) < 60.0, "the time is", state[1])
    for columns, rows in SIZES:
        window.resize(columns, rows)
        mark = window.mark()
        time.sleep(LOOK_S)
        check(daemon.process.poll() is None, "ended at", columns, "x", rows, daemon.messages())
        check(len(window.frames(mark)) >= 2, "stopped drawing at", columns, "x", rows)
    check(emulator.status()["output1"] > 0, "the loop stopped")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    as_before(window, "SIGTERM")
    bench.note(f"{len(window.frames())} pictures, {len(SIZES)} sizes")
    bench.replays_exactly(daemon)


def fits(picture, columns, rows):
    """Whether a picture is no larger than the window."""
    return len(picture) <= rows and all(len(line) <= columns for line in picture)


@scenario(
    "live-resize", "--live draws within the window after its size has changed", seconds=15)
def live_resize(bench):
    """A larger picture than the window scrolls and is no picture any more."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow(80, 24))
    daemon = watched(bench, emulator, window)
    draws(window)
    wrong = []
    for columns, rows in SIZES:
        window.resize(columns, rows)
        # The picture that is being drawn may be of the size before.
        time.sleep(LOOK_S / 2)
        mark = window.mark()
        time.sleep(LOOK_S)
        # A window without columns is taken for one of 80 x 24.
        limits = (columns, rows) if columns > 0 else (80, 24)
        if not all(fits(picture, *limits) for picture in window.frames(mark)):
            wrong.append(f"{columns} x {rows}")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(not wrong, "pictures larger than the window after a change to", ", ".join(wrong))


@scenario(
    "live-ends", "Ctrl-C and SIGQUIT, a latched limit, a board that is gone and a record "
    "that hangs leave the terminal as it was; a closed window turns the heater off", seconds=25)
def live_ends(bench):
    """Every way out that the program takes by itself, but a start that fails."""
    ctrl_c(bench)
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    draws(window)
    check(daemon.stop(signal.SIGQUIT) == 0, "exit code", daemon.process.returncode)
    as_before(window, "SIGQUIT")
    latched(bench)
    gone(bench)
    hangs(bench)
    closed(bench)


def ctrl_c(bench):
    """As the terminal itself sends it."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    emulator.wait_for(lambda status: status["output1"] > 50)
    draws(window)
    begin = time.monotonic()
    window.press(b"\x03")
    check(daemon.wait() == 0, "exit code", daemon.process.returncode)
    on = seconds_on_after(emulator.log(), begin)
    check(on is not None and on <= OFF_S, "Ctrl-C left the heater on for", on, "s")
    as_before(window, "Ctrl-C")
    bench.note(f"Ctrl-C: heater off after {on * 1000:.0f} ms")


def latched(bench):
    """Exit 100."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window, limit_high=51.0)
    draws(window)
    check(emulator.control("fault jump@now:1,60") == "ok", "no fault")
    end = time.monotonic() + 20.0
    while "safe (limitHigh" not in window.text():
        check(time.monotonic() < end, "no limit is shown:", window.frames()[-1])
        time.sleep(0.05)
    check(daemon.stop() == 100, "exit code", daemon.process.returncode)
    as_before(window, "a latched limit")


def gone(bench):
    """The board's process is killed, so that its port hangs up for good."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    draws(window)
    emulator.terminate()
    end = time.monotonic() + 20.0
    while "safe (" not in window.frames()[-1][-1]:
        check(time.monotonic() < end, "no safe state is shown:", window.frames()[-1])
        time.sleep(0.05)
    check(daemon.stop() == 69, "exit code", daemon.process.returncode)
    as_before(window, "a board that is gone")


def closed(bench):
    """Nobody can look at the terminal then, but at the heater."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    emulator.wait_for(lambda status: status["output1"] > 50)
    draws(window)
    begin = time.monotonic()
    window.hang_up()
    check(daemon.wait() == 0, "exit code", daemon.process.returncode)
    on = seconds_on_after(emulator.log(), begin)
    check(on is not None and on <= OFF_S, "a closed window left the heater on for", on, "s")
    bench.note(f"window closed: heater off after {on * 1000:.0f} ms")


@scenario(
    "live-start-fails", "--live on a board that is absent leaves the terminal as it was",
    seconds=15)
def live_start_fails(bench):
    """The view must not begin before the board has answered."""
    window = bench.enter(TerminalWindow())
    daemon = bench.daemon(
        LabConfig("/dev/serial/by-id/absent", records=None), "--live",
        wrapper=("setsid", "--ctty"), stdin=window.slave, stdout=window.slave)
    check(daemon.wait(40.0) == 69, "exit code", daemon.process.returncode)
    as_before(window, "an absent board")


@scenario(
    "live-crash", "--live leaves the cursor to be seen after a crash, and a stopped terminal keeps "
    "no crash from its end", seconds=12)
def live_crash(bench):
    """The handler that turns the heater off can do this much too."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    draws(window)
    check(daemon.stop(signal.SIGSEGV) == -signal.SIGSEGV, "ended", daemon.process.returncode)
    check(emulator.status()["output1"] == 0, "the heater is on")
    as_before(window, "a crash")
    stopped(bench)


def stopped(bench):
    """Ctrl-S: whoever writes to the terminal now waits until Ctrl-Q."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    draws(window)
    window.press(b"\x13")
    time.sleep(LOOK_S)
    check(daemon.stop(signal.SIGSEGV) == -signal.SIGSEGV, "ended", daemon.process.returncode)
    check(emulator.status()["output1"] == 0, "the heater is on")


def hangs(bench):
    """The thread that draws is the one that records."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    window = bench.enter(TerminalWindow())
    daemon = watched(bench, emulator, window)
    draws(window)
    with hung(daemon.process.pid, "record"):
        daemon.send(signal.SIGTERM)
        status = wait_burying(daemon)
    check(status == 1, "exit code", status, daemon.messages())
    as_before(window, "a hung record")
