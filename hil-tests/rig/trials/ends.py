"""Every way in which the daemon can end, or stand still."""

import random

from runner import say
from stand import CONFIGURATION, LIMIT_S, UNIT
from trial import trial

SEED = 20260101
#: WatchdogSec= of the unit; systemd looks at it when it is due, and the daemon feeds it at half.
WATCHDOG_S = 2.0


@trial("stop", "systemctl stop: every output is safe in time and stays so", short=True)
def stop(stand):
    """SIGTERM, as the manager sends it."""
    stand.heating()
    result = stand.target.run(f"systemctl stop {UNIT}")
    stand.check(result.status == 0, result.output)
    stand.check_safe_within(LIMIT_S, result.begin_ns, "stop")
    stand.check(stand.property("Result") == "success")
    stand.check(stand.property("ExecMainStatus") == "0")
    stand.stays_safe(2)


@trial(
    "kill",
    "kill -9 at random instants: systemd has `flyball safe` run, every output is safe "
    "in time, and the service comes back", short=True)
def kill(stand):
    """100 times, 3 in the short form, or --count; every second time lines keep their levels, as on
    a Pi."""
    instants = random.Random(SEED)
    stand.heating()
    slowest = {}
    count = stand.count or (3 if stand.is_short else 100)
    for number in range(count):
        if number > 0:
            stand.wait_heating()
        keeps = number % 2 == 0
        stand.keep_levels(keeps)
        pid = stand.main_pid()
        stand.target.sleep(instants.uniform(0, 0.5))
        # From before the shell that kills: what it takes counts too.
        killed = stand.target.run(f"kill -9 {pid}").begin_ns
        times = stand.check_safe_after_start(
            killed, f"kill {number}, levels {'kept' if keeps else 'given back'}")
        stand.figures.pop()
        for line, seconds in times.items():
            slowest[line] = max(slowest.get(line, 0), seconds)
        if number % 10 == 9:
            say(f"kill: {number + 1} of {count}, safe after at most {max(slowest.values()):.2f} s")
    stand.keep_levels(False)
    stand.note(f"{count} kills, safe after at most " +
               ", ".join(f"{line} {seconds * 1e3:.0f} ms" for line, seconds in slowest.items()) +
               stand.missed(slowest))
    stand.wait_heating()


@trial("crash", "a crash: the signal handler's last words make the lines safe at once")
def crash(stand):
    """SIGSEGV and SIGABRT; levels are kept, so that nothing but the daemon can have done it."""
    stand.keep_levels(True)
    for signal in ("SEGV", "ABRT"):
        stand.heating()
        result = stand.target.run(f"kill -{signal} {stand.main_pid()}")
        stand.check_safe_within(LIMIT_S, result.begin_ns, signal)
        stand.wait_heating()
    stand.keep_levels(False)


@trial(
    "thread-stuck",
    "the control thread hangs: the devices' own threads make the outputs safe, then "
    "systemd's watchdog ends it, and it comes back", short=True)
def thread_stuck(stand):
    """Longer than max_age_ms; systemd hears of no tick any more."""
    stand.heating()
    pid = stand.main_pid()
    number = stand.target.begin(f"hang {pid} control")
    stand.wait(lambda: stand.target.has_begun(number), "hang does not begin")
    begin = stand.target.now_ns()
    stand.check_safe_within(LIMIT_S, begin, "thread stuck")
    ended = stand.target.result(number)
    stand.check("stopped" in ended.output, ended.output)
    seconds = (ended.end_ns - ended.begin_ns) / 1e9
    stand.note(f"ended by the watchdog after {seconds:.1f} s")
    stand.check(seconds < WATCHDOG_S + LIMIT_S + 1, "the watchdog took", seconds)
    stand.wait_heating()
    stand.check(stand.main_pid() != pid, "the same process goes on")


@trial(
    "frozen",
    "SIGSTOP: nothing in the program can help; systemd's watchdog ends it, and the outputs are "
    "safe")
def frozen(stand):
    """The lines keep their levels until then: WatchdogSec= and the configured limit."""
    stand.heating()
    stand.keep_levels(True)
    result = stand.target.run(f"kill -STOP {stand.main_pid()}")
    stand.check_safe_within(WATCHDOG_S + LIMIT_S, result.begin_ns, "SIGSTOP")
    stand.keep_levels(False)
    stand.wait_heating()


@trial(
    "broken-configuration",
    "kill -9 after the configuration was broken: `flyball safe` drives what the daemon had "
    "driven, and the service is not started again")
def broken_configuration(stand):
    """Exit code 78 stays down; the outputs stay safe."""
    stand.heating()
    stand.keep_levels(True)
    pid = stand.main_pid()
    stand.put(CONFIGURATION, b"schema = \n")
    result = stand.target.run(f"kill -9 {pid}")
    stand.check_safe_after_start(result.begin_ns, "kill -9")
    stand.wait_property("ActiveState", "failed")
    stand.check(stand.property("ExecMainStatus") == "78")
    stand.stays_safe(3)
    stand.keep_levels(False)
