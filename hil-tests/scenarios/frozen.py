"""A whole process that stands still: a debugger, a full machine, a machine that is moved."""

import signal
import time

from bench import check, first_off_after, level_at, wait_until_heating
from lab_config import LabConfig

from .faults import SCHEDULING, recovered
from .scenario import scenario

#: Longer than every age and than `bridge_ms`, in real seconds: 20 ticks.
LONG_S = 2.0
#: Some ticks, but shorter than every age and than the `bridge_ms` of that scenario.
SHORT_S = 0.3


def freeze(emulator, daemon, seconds):
    """Stops the process for a while; gives the monotonic times of the stop and the way on."""
    stopped = daemon.send(signal.SIGSTOP)
    time.sleep(seconds / 2)
    count = emulator.status()["commands"]["Q1"]
    time.sleep(seconds / 2)
    check(emulator.status()["commands"]["Q1"] == count, "a stopped process sent something")
    return stopped, daemon.send(signal.SIGCONT)


def missed(rows, stopped, continued):
    """The ticks that the record says were missed between two times; they must be missing in it."""
    gaps = [
        (int(row["tick"]) - int(before["tick"]) - 1, int(row["missed_periods"]), row)
        for before, row in zip(rows, rows[1:])]
    for absent, counted, row in gaps:
        check(absent == counted, absent, "ticks are not there, and the record says", counted, row)
    # The tick that ends the freeze carries the time at which it was due: near SIGCONT.
    return sum(counted for _, counted, row in gaps
               if stopped <= int(row["time_ns"]) / 1e9 <= continued + SCHEDULING)


@scenario(
    "frozen", "SIGSTOP for 2 s: the board keeps its level meanwhile; on SIGCONT the safe level "
    "first, safe (sensorLost), the missed periods in the record, and the way back", seconds=15)
def frozen(bench):
    """Nothing in the process acts while it stands still; what it does next must be safe."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    config = LabConfig(emulator.link)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    time.sleep(1.0)
    mark = len(daemon.messages())
    stopped, continued = freeze(emulator, daemon, LONG_S)
    recovered(emulator, daemon, mark)
    back = time.monotonic() - continued
    events = emulator.log()
    check(level_at(events, continued - 0.001) > 50, "the board did not keep its level")
    off = first_off_after(events, continued)
    # The request that the freeze cut in two may run into its deadline first.
    bound = 2 * config.cycle_s + 4 * config.deadline_ms / 1000 + SCHEDULING
    check(off is not None and off <= bound, "off", off, "s after SIGCONT; bound", bound)
    first = next(
        event["text"] for event in events
        if event["event"] == "command" and event["monotonic"] >= continued
        and event["text"].startswith("Q1"))
    check(float(first.split()[1]) == 0, "the first command after SIGCONT is", first)
    check(back >= config.earliest_back_s, "back after", back, "s")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    story = replay.course()
    check(story == ["learned/nominal", "safe/sensorLost", "fallback/recovering",
                    "learned/nominal"], "the record says", story)
    count = missed(replay.rows, stopped, continued)
    expected = LONG_S * 1000 / config.period_ms
    check(expected - 2 <= count <= expected + SCHEDULING * 1000 / config.period_ms,
          count, "periods missed in", LONG_S, "s")
    bench.note(f"level kept for {LONG_S:g} s; heater off {off * 1000:.0f} ms after SIGCONT "
               f"(bound {bound * 1000:.0f} ms), {count} missed periods in the record, learned law "
               f"again after {back:.2f} s")


@scenario(
    "frozen-short", "SIGSTOP for 0.3 s, below every age: missed periods are counted, the law goes "
    "on", short=False, seconds=8)
def frozen_short(bench):
    """What a busy machine does."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    config = LabConfig(
        emulator.link, bridge_s=20.0, sensor_max_age_s=30.0, actuator_max_age_s=30.0)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    time.sleep(1.0)
    stopped, continued = freeze(emulator, daemon, SHORT_S)
    time.sleep(1.0)
    off = first_off_after(emulator.log(), stopped)
    check(off is None, "the heater went off after", off)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    story = replay.course()
    check(story == ["learned/nominal"], "the record says", story)
    count = missed(replay.rows, stopped, continued)
    check(count >= 1, "the record knows of no missed period")
    bench.note(f"{count} missed periods in the record")
