"""Heaters that do not do what they are told, and the limits that act on it."""

import time

from bench import check, first_off_after, level_at, wait_until_heating
from lab_config import LabConfig

from .faults import SCHEDULING, inject, mend, recovered
from .scenario import scenario


@scenario(
    "heater-echo", "a heater that reports another level: safe (actuatorFailed), off, and the way "
    "back", seconds=15)
def echo(bench):
    """The output is right, the report is not: it cannot be trusted."""
    emulator = bench.emulator("1.4.3")
    config = LabConfig(emulator.link)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    time.sleep(0.5)
    begin = inject(emulator, "heater_stuck@now:echo,1,30")
    daemon.wait_for_message("heater: safe (actuatorFailed)")
    time.sleep(0.5)
    off = first_off_after(emulator.log(), begin)
    check(off is not None and off <= config.refused_off_s + SCHEDULING, "off after", off)
    bench.note(f"heater off {off:.2f} s after the fault "
               f"(bound {config.refused_off_s + SCHEDULING:.2f} s)")
    mark = len(daemon.messages())
    mend(emulator)
    recovered(emulator, daemon, mark)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    story = replay.course()
    check(story == ["learned/nominal", "safe/actuatorFailed", "fallback/recovering",
                    "learned/nominal"], "the record says", story)
    check("readBackMismatch" in replay.faults("actuator_fault"), replay.faults("actuator_fault"))


@scenario(
    "heater-ignores", "a heater that ignores commands: safe (actuatorFailed), asked for 0 % again "
    "and again, and an end that is not called success", seconds=12)
def ignores(bench):
    """Nothing turns this heater off; the daemon must say so."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link, setpoint=35.0))
    wait_until_heating(emulator, daemon)
    begin = inject(emulator, "heater_stuck@now:ignore,1,60")
    daemon.wait_for_message("heater: safe (actuatorFailed)")
    time.sleep(0.5)
    count = emulator.status()["commands"]["Q1"]
    time.sleep(0.5)
    check(emulator.status()["commands"]["Q1"] >= count + 2, "0 % is not sent again")
    check(level_at(emulator.log(), begin + 1) > 0, "this heater cannot go off")
    status = daemon.stop()
    check(status == 69, "exit code", status, "with a heater that did not go off")
    check("did not confirm" in daemon.messages(), daemon.messages())
    bench.replays_exactly(daemon)


@scenario(
    "heater-runs-away", "a heater that burns whatever it is told: limitHigh in the tick of the "
    "reading, latched, exit 100", short=False, seconds=25)
def runs_away(bench):
    """The replies look right, so only the limit is left; then only the cut-out."""
    emulator = bench.emulator("1.4.3")
    daemon = bench.daemon(LabConfig(emulator.link, setpoint=40.0, limit_high=55.0))
    wait_until_heating(emulator, daemon)
    emulator.wait_for(lambda status: status["T1"] > 35)
    inject(emulator, "heater_stuck@now:output,1,100")
    daemon.wait_for_message("limitHigh")
    hottest = emulator.status()["T1_max"]
    bench.note(f"true T1 at the trip: {hottest:.1f} C, limit 55 C")
    check(hottest < 57, "the trip was late")
    time.sleep(1.0)
    check(emulator.status()["Q1"] == 0, "the board was not told 0 %")
    check(daemon.stop() == 100, "exit code", daemon.process.returncode)
    trips_at_once(bench.replays_exactly(daemon), 55.0)


def trips_at_once(replay, limit):
    """Every tick before the first reading at the limit is not safe, all from it on are."""
    at_limit = [
        index for index, row in enumerate(replay.rows)
        if row["sensor_fault"] == "none" and float(row["reading"]) >= limit]
    check(at_limit, "no reading reached the limit")
    for row in replay.rows[at_limit[0]:]:
        check((row["state"], row["cause"], row["latched"]) == ("safe", "limitHigh", "1")
              and float(row["output"]) == 0, "after the limit:", row)
    # The first ticks wait for the first reading.
    for row in replay.rows[20:at_limit[0]]:
        check(row["state"] != "safe", "safe before the limit:", row)


@scenario(
    "limit-trip", "a believable reading above the limit: safe in the same tick, latched, exit 100",
    seconds=10)
def limit_trip(bench):
    """12 C more in a tick is below the allowed 20 C, and above the limit."""
    emulator = bench.emulator("1.4.3")
    config = LabConfig(emulator.link, setpoint=40.0, limit_high=45.0)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    emulator.wait_for(lambda status: status["T1"] > 36)
    begin = inject(emulator, "jump@now:1,12")
    daemon.wait_for_message("limitHigh, latched")
    time.sleep(0.3)
    off = first_off_after(emulator.log(), begin)
    # The cycle that reads, the tick, the cycle that sends.
    bound = 2 * config.cycle_s + config.period_ms / 1000 + 4 * config.deadline_ms / 1000
    check(off is not None and off <= bound + SCHEDULING, "off after", off)
    bench.note(f"heater off {off:.2f} s after the jump (bound {bound + SCHEDULING:.2f} s)")
    mend(emulator)
    time.sleep(2.0)
    check(emulator.status()["output1"] == 0, "the latch did not hold")
    check(daemon.process.poll() is None, "a latched daemon goes on, and keeps the heater off")
    check(daemon.stop() == 100, "exit code", daemon.process.returncode)
    trips_at_once(bench.replays_exactly(daemon), 45.0)


def response_rules(config):
    """Both tables, with times in simulated seconds."""
    return (
        f'\n[loop.unresponsive]\ncommand = "60 %"\ntime_s = {60 / config.speed}\n'
        f'change = "2 C"\n[loop.uncommanded]\ncommand = "2 %"\n'
        f'time_s = {30 / config.speed}\nchange = "2 C"\n')


@scenario(
    "heater-dead", "a heater that does not heat though the board says so: safe (unresponsive), latched, "
    "exit 100", short=False, seconds=30)
def dead(bench):
    """The replies look right; only the temperature tells."""
    emulator = bench.emulator("1.4.3")
    config = LabConfig(emulator.link)
    config.extra = response_rules(config)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    begin = time.monotonic()
    inject(emulator, "heater_stuck@now:output,1,0")
    daemon.wait_for_message("heater: safe (unresponsive, latched)", patience=30)
    bench.note(f"noticed {(time.monotonic() - begin) * config.speed:.0f} simulated seconds after the "
               "heater died")
    check("moved less than 2 C within" in daemon.messages(), daemon.messages())
    time.sleep(0.5)
    check(emulator.status()["Q1"] == 0, "the board was not told 0 %")
    mend(emulator)
    time.sleep(2.0)
    check(emulator.status()["output1"] == 0, "the latch did not hold")
    check(daemon.stop() == 100, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    check(replay.course() == ["learned/nominal", "safe/unresponsive"], replay.course())


@scenario(
    "heater-stays-on", "a heater that cannot be turned off is noticed before the limit: safe "
    "(uncommanded), latched, exit 100", short=False, seconds=30)
def stays_on(bench):
    """A relay that sticks: the alarm is all that a program can do."""
    emulator = bench.emulator("1.4.3")
    config = LabConfig(emulator.link, setpoint=35.0)
    config.extra = response_rules(config)
    daemon = bench.daemon(config)
    wait_until_heating(emulator, daemon)
    emulator.wait_for(lambda status: status["T1"] > 33)
    begin = time.monotonic()
    inject(emulator, "heater_stuck@now:output,1,100")
    daemon.wait_for_message("heater: safe (uncommanded, latched)", patience=30)
    hottest = emulator.status()["T1_max"]
    bench.note(f"noticed {(time.monotonic() - begin) * config.speed:.0f} simulated seconds after it "
               f"stuck, at a true T1 of {hottest:.1f} C; the limit is {config.limit_high} C")
    check(hottest < config.limit_high - 5, "no sooner than the limit")
    check("the output may be on" in daemon.messages(), daemon.messages())
    check(emulator.status()["Q1"] == 0, "the board was not told 0 %")
    check(daemon.stop() == 100, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    check(replay.course()[-1] == "safe/uncommanded", replay.course())
