"""After an end that was not in order: what is taken over, what is held, what is refused."""

import os
import signal
import time

from bench import check, wait_until_heating
from lab_config import LabConfig

from .scenario import scenario

YOUNGER = '\n[loop.resume]\npolicy = "younger-than"\nmax_age_s = 60\n'
ASK = '\n[loop.resume]\npolicy = "ask"\n'
#: Between two checkpoints, and a little for the disk.
CHECKPOINT_S = 10.0 + 2.0


def started(bench, emulator, state, policy, directory, control=""):
    """A daemon with a state directory."""
    config = LabConfig(emulator.link, extra=policy + control)
    # A table of the loop stands before those that follow it.
    return bench.daemon(
        config.text(), directory=directory, wrapper=("env", f"STATE_DIRECTORY={state}"))


def killed(bench, emulator, state, policy, directory, control=""):
    """A daemon that heats, has written a checkpoint, and is killed."""
    daemon = started(bench, emulator, state, policy, directory, control)
    wait_until_heating(emulator, daemon, 5.0)
    path = os.path.join(state, "checkpoint")
    end = time.monotonic() + CHECKPOINT_S
    while not os.path.exists(path) and time.monotonic() < end:
        time.sleep(0.1)
    check(os.path.exists(path), "no checkpoint after", CHECKPOINT_S, "s", daemon.messages())
    daemon.send(signal.SIGKILL)
    daemon.wait()
    check(os.path.exists(os.path.join(state, "running")), "the end was taken for one in order")
    return path


@scenario(
    "resume-young", "kill -9 with a young checkpoint: the next run goes on where its laws were, "
    "its record replays, and an end in order leaves nothing to resume", seconds=30)
def young(bench):
    """policy = "younger-than"."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    state, directory = bench.room(), bench.room()
    path = killed(bench, emulator, state, YOUNGER, directory)
    daemon = started(bench, emulator, state, YOUNGER, directory)
    daemon.wait_for_message("goes on where its laws were")
    daemon.wait_for_message("heater: learned")
    time.sleep(1)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(not os.path.exists(path), "a checkpoint is left after an end in order")
    bench.replays_exactly(daemon)
    daemon = started(bench, emulator, state, YOUNGER, directory)
    daemon.wait_for_message("heater: begins anew: there is no run before it")
    daemon.stop()


@scenario(
    "resume-damaged", "kill -9, then the checkpoint is torn or of another configuration: refused "
    "with a message, the laws begin anew", seconds=30)
def damaged(bench):
    """Treated as absent."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    state, directory = bench.room(), bench.room()
    path = killed(bench, emulator, state, YOUNGER, directory)
    daemon = started(bench, emulator, state, YOUNGER + "# another byte\n", directory)
    daemon.wait_for_message("heater: begins anew: the last run did not end in order, but its "
                            "checkpoint is of another configuration")
    daemon.send(signal.SIGKILL)
    daemon.wait()
    with open(path, "r+b") as file:
        file.truncate(os.path.getsize(path) // 2)
    daemon = started(bench, emulator, state, YOUNGER, directory)
    daemon.wait_for_message("torn or damaged: not used")
    daemon.wait_for_message("heater: begins anew")
    daemon.wait_for_message("heater: learned")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)


@scenario(
    "resume-ask", "kill -9 under policy \"ask\": the next run keeps the heater off until the "
    "operator orders a law", seconds=30)
def ask(bench):
    """The heater is what is looked at."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    state, directory = bench.room(), bench.room()
    socket = os.path.join(directory, "s")
    control = f'\n[control]\nsocket = "{socket}"\n'
    killed(bench, emulator, state, ASK, directory, control)
    daemon = started(bench, emulator, state, ASK, directory, control)
    daemon.wait_for_message("heater: stays at its safe level")
    daemon.wait_for_message("heater: safe (requested)")
    time.sleep(1)
    check(emulator.status()["output1"] == 0, "it heats before anybody has asked")
    time.sleep(2)
    check(emulator.status()["output1"] == 0, "it heats before anybody has asked")
    done = bench.tool("mode", "heater", "auto", "--socket", socket)
    check(done.returncode == 0, "flyball mode ended with", done.returncode, done.stderr)
    wait_until_heating(emulator, daemon, 5.0)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    bench.replays_exactly(daemon)
