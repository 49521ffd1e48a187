"""SIGHUP: another configuration between two ticks, or the one that runs as if nothing had been asked."""

import os
import random
import signal
import time

from bench import check, wait_until_heating
from lab_config import LabConfig, simulated_config

from .scenario import scenario
from .service import Manager

#: The same instants in every run.
SEED = 20_26
#: What the output may move at a reload: the noise of the sensor times the gain, and a step of its
#: converter; a jump to the command of other gains without the law's following would be tens of percent.
BUMP_PCT = 8.0
#: Below what a busy machine may take to read a configuration.
PATIENCE_S = 20.0


def edit(daemon, *pairs):
    """Changes the daemon's file as an editor does: a new one takes its name."""
    with open(daemon.config, encoding="utf-8") as file:
        text = file.read()
    for old, new in pairs:
        check(old in text, "not in the configuration:", old)
        text = text.replace(old, new, 1)
    with open(daemon.config + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(daemon.config + ".new", daemon.config)


def reload_and_wait(daemon, word):
    """Asks for a reload; waits until one more message says `word`."""
    before = daemon.messages().count(word)
    daemon.send(signal.SIGHUP)
    end = time.monotonic() + PATIENCE_S
    while daemon.messages().count(word) == before:
        check(daemon.process.poll() is None, "the daemon has ended", daemon.messages())
        check(time.monotonic() < end, "never said", word, daemon.messages())
        time.sleep(0.02)


def ticks_are_whole(replay):
    """Every tick is in the record, or counted as missed before the next."""
    last = None
    for row in replay.rows:
        tick, missed = int(row["tick"]), int(row["missed_periods"])
        check(last is None or tick == last + 1 + missed, "after tick", last, "comes", tick)
        last = tick


@scenario(
    "reload-gains", "other gains and another setpoint are in force without a bump, and the record "
    "replays across the reload", seconds=20)
def gains(bench):
    """PID and learned law from its gains, on the emulated board."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link, setpoint=40.0))
    daemon.wait_for_message("heater: learned")
    emulator.wait_for(lambda status: abs(status["T1"] - 40.0) < 1.0)
    time.sleep(3)
    edit(
        daemon, ('kp = "8.5 %/C"', 'kp = "4.0 %/C"'),
        ('limit_high = "90.0 C"', 'limit_high = "85 C"'))
    reload_and_wait(daemon, ": reloaded: ")
    check("sensor.limit_high" in daemon.messages(), daemon.messages())
    time.sleep(2)
    edit(daemon, ('setpoint = "40.0 C"', 'setpoint = "45 C"'))
    reload_and_wait(daemon, ": reloaded: ")
    emulator.wait_for(lambda status: status["T1"] > 43.0)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(len(daemon.records()) == 3, "record files:", daemon.records())
    replay = bench.replays_exactly(daemon)
    ticks_are_whole(replay)
    first = len(bench.replay(daemon.records()[0]).rows)
    before, after = (float(replay.rows[index]["output"]) for index in (first - 1, first))
    check(abs(after - before) < BUMP_PCT, "the reload moved the output from", before, "to", after)
    check(replay.course()[-1] == "learned/nominal", replay.course())
    bench.note(f"the reload moved the output by {after - before:+.2f} %")


@scenario(
    "reload-refused", "a damaged model, broken TOML, another period and another range are refused as "
    "a whole, with the place; the heater goes on", seconds=20)
def refused(bench):
    """Four edits, each put right again."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon, 5.0)
    with open(os.path.join(daemon.directory, "damaged.fly"), "wb") as file:
        file.write(b"\x40\x00\x00\x00\x00\x00\x00\x00{" + bytes(100))
    for pair, words in (
            (('model = "from-pid"', 'model = "damaged.fly"'), "damaged.fly"),
            (('kp = "8.5 %/C"', 'kp = "8.5 %/C'), "config.toml:"),
            (('period_ms = 100', 'period_ms = 200'), "this needs a restart"),
            (('range = ["0 %", "100 %"]', 'range = ["0 %", "90 %"]'), "actuator.range")):
        edit(daemon, pair)
        reload_and_wait(daemon, "not reloaded, the loops go on unchanged")
        check(words in daemon.messages(), words, "was not said:", daemon.messages())
        edit(daemon, (pair[1], pair[0]))
    check(": reloaded: " not in daemon.messages(), daemon.messages())
    check(emulator.status()["output1"] > 0, "the heater is off after a refused reload")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(len(daemon.records()) == 1, "record files:", daemon.records())
    ticks_are_whole(bench.replays_exactly(daemon))


@scenario(
    "reload-many", "at 100 random instants, valid and broken in turns: ticks go on and the record of "
    "all of them replays", seconds=40)
def many(bench):
    """On the simulated plant at 10 ms; 20 times in the short form."""
    instants = random.Random(SEED)
    daemon = bench.daemon(simulated_config(speed=100.0, records="records"))
    daemon.wait_for_message("heater: learned")
    count = 20 if bench.is_short else 100
    gain = "8.5"
    for index in range(count):
        new = f"{5 + index % 4}.25"
        edit(daemon, (f'kp = "{gain} %/C"', f'kp = "{new} %/C"'))
        gain = new
        time.sleep(instants.uniform(0, 0.1))
        if index % 5 == 4:
            edit(daemon, ("schema = 1", "schema = 2"))
            reload_and_wait(daemon, "not reloaded, the loops go on unchanged")
            edit(daemon, ("schema = 2", "schema = 1"))
        else:
            reload_and_wait(daemon, ": reloaded: ")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    replay = bench.replays_exactly(daemon)
    ticks_are_whole(replay)
    check(replay.course() == ["learned/nominal"], replay.course())
    bench.note(f"{count} reloads in {replay.report['ticks']} ticks, {len(daemon.records())} files")


@scenario(
    "reload-notify", "the service manager hears RELOADING=1 with the time, and READY=1 after it, also "
    "when the file is refused", seconds=12)
def notify(bench):
    """What Type=notify needs."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    manager = bench.enter(Manager(bench.room()))
    daemon = bench.daemon(LabConfig(emulator.link, records=None), wrapper=manager.environment)
    check("READY=1" in manager.heard(30), "it never got ready")
    for pair in (('kp = "8.5 %/C"', 'kp = "8 %/C"'), ("schema = 1", "schema = 9")):
        edit(daemon, pair)
        manager.forget()
        before = time.monotonic_ns() // 1000
        daemon.send(signal.SIGHUP)
        heard = []
        while "READY=1" not in heard[-1:]:
            lines = manager.heard(PATIENCE_S)
            check(lines, "no READY=1 after", heard)
            heard += [line for line in lines if line.split("=")[0] in (
                "RELOADING", "MONOTONIC_USEC", "READY")]
        check(heard[0] == "RELOADING=1" and heard[-1] == "READY=1", heard)
        stamp = int(heard[1].split("=")[1])
        check(before <= stamp <= time.monotonic_ns() // 1000, "the time said was", stamp)
    check("not reloaded" in daemon.messages(), daemon.messages())
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
