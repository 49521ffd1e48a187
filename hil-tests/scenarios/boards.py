"""A heater behind PWM on a board of files: it goes off at every end, by whoever is left."""

import os
import signal

from bench import check
from board_tree import CONFIG, BoardTree

from .endings import hung, wait_burying
from .scenario import scenario

#: A shared machine may run the daemon so much late, in seconds.
SCHEDULING = 0.4


def heating(bench):
    """A daemon that heats, and its board."""
    directory = bench.room()
    tree = BoardTree(os.path.join(directory, "root"))
    daemon = bench.daemon(CONFIG, "--root", tree.root, directory=directory)
    tree.seconds_until(True)
    return tree, daemon


@scenario("board-end", "each signal that ends it stops the pulses", seconds=5)
def board_end(bench):
    """SIGTERM, SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        tree, daemon = heating(bench)
        daemon.send(number)
        off = tree.seconds_until(False)
        check(off < 0.1 + SCHEDULING, "off after", off)
        status = daemon.wait()
        check(status == 0, "exit code", status, daemon.messages())
        check(not tree.is_heating(), "heats after the end")
        bench.note(f"{signal.Signals(number).name}: off after {off * 1e3:.0f} ms")
        bench.replays_exactly(daemon)


@scenario("board-crash", "a crash stops the pulses", seconds=5)
def board_crash(bench):
    """SIGSEGV, SIGABRT: the signal's handler writes."""
    for number in (signal.SIGSEGV, signal.SIGABRT):
        tree, daemon = heating(bench)
        daemon.send(number)
        off = tree.seconds_until(False)
        check(off < 0.1 + SCHEDULING, "off after", off)
        check(daemon.wait() == -number, "ended otherwise", daemon.messages())
        check(not tree.is_heating(), "heats after the end")
        bench.note(f"{signal.Signals(number).name}: off after {off * 1e3:.0f} ms")


@scenario("board-kill", "kill -9 leaves the pulses on; flyball safe stops them", seconds=5)
def board_kill(bench):
    """Nothing in the program can help; what systemd starts then does."""
    tree, daemon = heating(bench)
    daemon.send(signal.SIGKILL)
    daemon.wait()
    check(tree.is_heating(), "off by itself: the page on safety says otherwise")
    result = bench.tool("safe", daemon.config, "--root", tree.root)
    check(result.returncode == 0, "safe ended with", result.returncode, result.stderr)
    check(not tree.is_heating(), "heats after flyball safe")


@scenario("board-probe-lost", "a sensor that goes away: safe, and back when it is there", seconds=6)
def board_probe_lost(bench):
    """The file vanishes, as with a driver that is unbound."""
    tree, daemon = heating(bench)
    hidden = tree.probe + ".hidden"
    os.rename(tree.probe, hidden)
    off = tree.seconds_until(False)
    check(off < 0.3 + 0.2 + SCHEDULING, "off after", off)
    bench.note(f"off after {off:.2f} s, of which 0.3 s are bridged")
    os.rename(hidden, tree.probe)
    tree.seconds_until(True)
    check(daemon.stop() == 0, "exit code", daemon.messages())
    check(not tree.is_heating(), "heats after the end")
    faults = bench.replays_exactly(daemon).faults()
    check("disconnected" in faults, "faults", faults)


@scenario("board-control-hung", "the control thread hangs: safe when the command is too old, and "
          "SIGTERM still ends it", seconds=8)
def board_control_hung(bench):
    """The device's own thread counts the age of the command."""
    tree, daemon = heating(bench)
    with hung(daemon.process.pid, "control"):
        off = tree.seconds_until(False)
        check(off < 0.4 + SCHEDULING, "off after", off)
        bench.note(f"off after {off:.2f} s; max_age_ms is 400")
        daemon.send(signal.SIGTERM)
        status = wait_burying(daemon)
    check(status == 1, "exit code", status, daemon.messages())
    check("control thread hangs" in daemon.messages(), "said", daemon.messages())
    check(not tree.is_heating(), "heats after the end")


@scenario("board-driver-hung", "the device's thread hangs, then SIGTERM: its file still gets the "
          "safe level, exit 69", seconds=8)
def board_driver_hung(bench):
    """Past the thread, as in a crash."""
    tree, daemon = heating(bench)
    with hung(daemon.process.pid, "pwm"):
        daemon.send(signal.SIGTERM)
        status = wait_burying(daemon)
    check(status == 69, "exit code", status, daemon.messages())
    check("its driver hangs" in daemon.messages(), "said", daemon.messages())
    check(not tree.is_heating(), "heats after the end")


@scenario("board-absent", "a device that is not there ends it with 69 and its name", seconds=5)
def board_absent(bench):
    """Within the 3 s that a device has at the start."""
    directory = bench.room()
    tree = BoardTree(os.path.join(directory, "root"))
    os.remove(tree.probe)
    daemon = bench.daemon(CONFIG, "--root", tree.root, directory=directory)
    status = daemon.wait()
    check(status == 69, "exit code", status)
    check("temp1_input: not found" in daemon.messages(), "said", daemon.messages())
    check(not tree.is_heating(), "heats")
