"""The purpose of it all: a temperature is held."""

import time
from statistics import fmean

from bench import check
from lab_config import SPEED, LabConfig

from .scenario import scenario

SETPOINT = 50.0
#: From the report of the first control laws: the sensor's grid is 0.32 C, so half a degree.
ALLOWED = 0.5
#: Simulated seconds: the learned law and the PID are within 0.5 C after some 300.
SETTLING = 600.0
HOLDING = 600.0
WINDOW = 60.0


def true_temperatures(emulator, until):
    """(simulated time, T1 without noise and grid) ten times in a simulated second."""
    samples = []
    while True:
        status = emulator.status()
        if status["t"] >= until:
            return samples
        samples.append((status["t"], status["T1"]))
        time.sleep(0.1 / SPEED * 2)


def hold(bench, firmware, law):
    """Settles, holds, judges the true temperature."""
    emulator = bench.emulator(firmware)
    config = LabConfig(emulator.link, law=law, setpoint=SETPOINT)
    daemon = bench.daemon(config)
    daemon.wait_for_message("heater: ")
    begin = emulator.status()["t"] + (SETTLING if not bench.is_short else SETTLING / 2)
    emulator_end = begin + (HOLDING if not bench.is_short else HOLDING / 2)
    while emulator.status()["t"] < begin:
        time.sleep(0.1)
    samples = true_temperatures(emulator, emulator_end)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode, daemon.messages())
    windows = {}
    for moment, temperature in samples:
        windows.setdefault(int((moment - begin) // WINDOW), []).append(
            abs(temperature - SETPOINT))
    worst_window = max(fmean(window) for window in windows.values())
    mean = fmean(abs(temperature - SETPOINT) for _, temperature in samples)
    largest = max(abs(temperature - SETPOINT) for _, temperature in samples)
    bench.note(
        f"deviation of the true T1 from {SETPOINT:g} C: mean {mean:.3f} C, "
        f"worst minute {worst_window:.3f} C, largest {largest:.3f} C ({len(samples)} samples)")
    check(mean <= ALLOWED and worst_window <= ALLOWED, "deviation is above", ALLOWED)
    replay = bench.replays_exactly(daemon)
    state = "learned/nominal" if law == "learned" else "fallback/nominal"
    check(replay.course() == [state], "story:", replay.story())
    late = max(int(row["lateness_ns"]) for row in replay.rows) / 1e6
    bench.note(f"{len(replay.rows)} ticks, the latest {late:.2f} ms late")


def register(firmware, law):
    """One scenario for each pair."""
    name = f"hold-{firmware}-{law}"
    sentence = (
        f"{law} holds {SETPOINT:g} C within {ALLOWED} C on firmware {firmware} for 10 "
        "simulated minutes (5 in the short form)")
    in_short = (firmware, law) in (("1.4.3", "learned"), ("2.0.1", "pid"))
    scenario(name, sentence, short=in_short, seconds=125)(
        lambda bench: hold(bench, firmware, law))


for _firmware in ("1.4.3", "2.0.1"):
    for _law in ("learned", "pid"):
        register(_firmware, _law)
