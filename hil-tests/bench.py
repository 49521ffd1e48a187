"""What a scenario is given: the programs, a directory, emulators, and places for its figures."""

import contextlib
import os

from emulator_process import EmulatorProcess
from lab_config import SPEED, LabConfig
from programs import Daemon, Replay, run_program


class Failure(AssertionError):
    """A scenario found something else than it states."""


class Skipped(Exception):
    """A scenario cannot be run here; the text says why."""


def check(holds, *found):
    """Raises Failure with what was found unless it holds."""
    if not holds:
        raise Failure(" ".join(str(part) for part in found))


class Bench:
    """One scenario's run. All it starts ends with it."""

    def __init__(self, build, directory, is_short):
        self.build = build
        self.directory = directory
        self.is_short = is_short
        #: Measured figures, for the table.
        self.figures = []
        self._stack = contextlib.ExitStack()
        self._count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()

    def note(self, figure):
        """Keeps a measured figure for the table."""
        self.figures.append(figure)

    def room(self):
        """A new directory."""
        self._count += 1
        path = os.path.join(self.directory, f"{self._count:03}")
        os.makedirs(path)
        return path

    def enter(self, resource):
        """Enters a context manager, which ends with the scenario."""
        return self._stack.enter_context(resource)

    def emulator(self, firmware="1.4.3", *options, board="uno", speed=SPEED):
        """A running emulator."""
        return self.enter(EmulatorProcess(firmware, speed, "--board", board, *options))

    def daemon(self, text, *options, directory=None, build=None, **settings):
        """A running daemon. `text` is a LabConfig or the text of a file."""
        text = text.text() if isinstance(text, LabConfig) else text
        return self.enter(
            Daemon(build or self.build, directory or self.room(), text, *options, **settings))

    def tool(self, *arguments):
        """Runs `flyball`."""
        return run_program(self.build, "flyball", *arguments)

    def check_only(self, config):
        """Runs `flyballd --check`."""
        return run_program(self.build, "flyballd", "--check", "--config", config)

    def replay(self, record):
        """Replays a record."""
        return Replay(self.build, record)

    def replays_exactly(self, daemon):
        """Replays the newest record of a daemon, which must come out the same bit for bit."""
        check(daemon.records(), "no record in", daemon.directory)
        replay = self.replay(daemon.records()[-1])
        check(replay.status == 0, "replay ended with", replay.status, replay.errors, replay.report)
        check(replay.report["same"] and replay.report["matched"] == replay.report["ticks"],
              "replay:", replay.report["message"])
        check(replay.report["ticks"] > 0, "the record is empty")
        return replay


def wait_until_heating(emulator, daemon, level=50.0):
    """Waits until the loop runs and heater 1 has more than `level` percent."""
    daemon.wait_for_message("heater: ")
    emulator.wait_for(lambda status: status["output1"] > level)


def heater_levels(events, channel=0):
    """Monotonic times and true outputs of a heater in percent, from the emulator's log."""
    return [
        (event["monotonic"], event["percent"][channel])
        for event in events if event["event"] == "heater"]


def seconds_on_after(events, moment, channel=0):
    """How long after `moment` the heater was on for the last time; None when it still is."""
    last = 0.0
    level = 0.0
    for time, percent in heater_levels(events, channel):
        if level > 0 and time > moment:
            last = time - moment
        level = percent
    return None if level > 0 else last


def level_at(events, moment, channel=0):
    """The true output at a monotonic time."""
    level = 0.0
    for time, percent in heater_levels(events, channel):
        if time <= moment:
            level = percent
    return level


def first_off_after(events, moment, channel=0):
    """Seconds from `moment` until the heater is off for the first time; None when it never is."""
    if level_at(events, moment, channel) == 0:
        return 0.0
    for time, percent in heater_levels(events, channel):
        if time > moment and percent == 0:
            return time - moment
    return None
