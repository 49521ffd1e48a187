"""Every signal that may end or stop a process: the heater is off first, or nothing happens."""

import os
import signal
import subprocess
import time

from bench import check, seconds_on_after, wait_until_heating
from lab_config import LabConfig

from .faults import SCHEDULING, inject
from .scenario import scenario

#: From the signal to a heater that is off: a tick, a cycle, the request, and the machine.
OFF_S = 0.5 + SCHEDULING


def ended_off(bench, emulator, daemon, begin, status=0):
    """The daemon has ended as stated, and the board was told all there is."""
    check(daemon.wait() == status, "exit code", daemon.process.returncode, daemon.messages())
    ended = time.monotonic() - begin
    on = seconds_on_after(emulator.log(), begin)
    check(on is not None, "the heater is still on")
    check(on <= OFF_S, "the heater was on for", on, "s")
    check("heaters off, confirmed" in daemon.messages(), daemon.messages())
    commands = [event["text"] for event in emulator.log()
                if event["event"] == "command" and event["monotonic"] >= begin]
    check("X" in commands, "no X was sent:", commands)
    # `Q1 0` and `Q2 0` come before it.
    check(any(text.startswith("Q1 0") for text in commands), commands)
    check(any(text.startswith("Q2 0") for text in commands), commands)
    return on, ended


@scenario(
    "signal-end", "SIGTERM, SIGINT and SIGQUIT: heater off, confirmed by X, exit 0",
    seconds=12)
def ending(bench):
    """One daemon for each, all on boards that do not reset when the port closes."""
    runs = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        emulator = bench.emulator("1.4.3", board="leonardo")
        runs.append((number, emulator, bench.daemon(LabConfig(emulator.link))))
    for number, emulator, daemon in runs:
        wait_until_heating(emulator, daemon)
        time.sleep(0.3)
        begin = daemon.send(number)
        on, ended = ended_off(bench, emulator, daemon, begin)
        bench.note(f"{signal.Signals(number).name}: heater off {on * 1000:.0f} ms after it, "
                   f"ended after {ended * 1000:.0f} ms")
        bench.replays_exactly(daemon)


#: Their default action ends a process without a word.
ENDING = (
    signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF,
    signal.SIGPOLL, signal.SIGPWR, signal.SIGSTKFLT, signal.SIGXCPU, signal.SIGRTMIN,
    signal.SIGRTMAX)
#: Harmless causes, which must not end or stop anything.
HARMLESS = (
    signal.SIGPIPE, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGXFSZ,
    signal.SIGWINCH, signal.SIGURG, signal.SIGCHLD, signal.SIGCONT)


@scenario(
    "signal-others", "a signal that nobody sends on purpose ends the daemon with the heater off",
    seconds=14)
def others(bench):
    """SIGUSR1 and its like would kill without a word; in the short form a few of them."""
    numbers = ENDING[::4] if bench.is_short else ENDING
    emulator = bench.emulator("1.4.3", board="leonardo")
    for number in numbers:
        daemon = bench.daemon(LabConfig(emulator.link, records=None))
        wait_until_heating(emulator, daemon)
        begin = daemon.send(number)
        status = daemon.wait()
        time.sleep(0.1)
        on = seconds_on_after(emulator.log(), begin)
        check(on is not None and on <= OFF_S, signal.Signals(number).name, "exit", status,
              "and the heater was on for", on, "s")
        check(status == 0, signal.Signals(number).name, "exit code", status)
    bench.note(f"{len(numbers)} signals: heater off each time")


@scenario(
    "signal-harmless", "Ctrl-Z, a closed pipe and other everyday signals neither stop nor end the "
    "daemon", seconds=8)
def harmless(bench):
    """A stopped daemon would leave the heater as it is."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    for number in HARMLESS:
        daemon.send(number)
        time.sleep(0.1)
        with open(f"/proc/{daemon.process.pid}/stat", encoding="ascii") as file:
            state = file.read().rpartition(")")[2].split()[0]
        check(state in "SR", signal.Signals(number).name, "left the process in state", state)
    count = emulator.status()["commands"]["Q1"]
    time.sleep(0.5)
    check(emulator.status()["commands"]["Q1"] > count, "the cycles have stopped")
    begin = daemon.send(signal.SIGTERM)
    ended_off(bench, emulator, daemon, begin)


CRASHES = (
    signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT, signal.SIGTRAP,
    signal.SIGSYS)


@scenario("signal-crash", "a crash turns the heater off before the process ends", seconds=14)
def crash(bench):
    """As a trap of the language or an abort of a library would end it."""
    numbers = CRASHES[::4] if bench.is_short else CRASHES
    emulator = bench.emulator("1.4.3", board="leonardo")
    longest = 0.0
    for number in numbers:
        daemon = bench.daemon(LabConfig(emulator.link, records=None))
        wait_until_heating(emulator, daemon)
        begin = daemon.send(number)
        check(daemon.wait() == -number, "ended with", daemon.process.returncode)
        time.sleep(0.5)
        on = seconds_on_after(emulator.log(), begin)
        check(on is not None and on <= OFF_S, signal.Signals(number).name,
              "left the heater on for", on, "s")
        longest = max(longest, on)
    bench.note(f"{len(numbers)} crashes: heater off after {longest * 1000:.0f} ms at the latest")


@scenario(
    "signal-blocked-output", "SIGTERM turns the heater off although nobody reads what the daemon "
    "prints", seconds=14)
def blocked_output(bench):
    """A pager that was left, a terminal with Ctrl-S: the write blocks, the end must not."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    reader, writer = os.pipe()
    try:
        os.set_blocking(writer, False)
        try:
            while True:
                os.write(writer, b" " * 4096)
        except BlockingIOError:
            os.set_blocking(writer, True)
        daemon = bench.daemon(LabConfig(emulator.link), "--live", stdout=writer)
        emulator.wait_for(lambda status: status["output1"] > 50)
        time.sleep(7.0)
        begin = daemon.send(signal.SIGTERM)
        ended_off(bench, emulator, daemon, begin)
        bench.replays_exactly(daemon)
    finally:
        os.close(reader)
        os.close(writer)


@scenario(
    "signal-while-starting", "SIGTERM while the board starts ends the daemon, heater off",
    seconds=6)
def while_starting(bench):
    """At the speed of a real board: deaf for two seconds."""
    emulator = bench.emulator("1.4.3", board="uno", speed=1)
    daemon = bench.daemon(LabConfig(emulator.link, speed=1))
    emulator.wait_for(lambda status: status["open"])
    time.sleep(0.3)
    begin = daemon.send(signal.SIGTERM)
    status = daemon.wait()
    bench.note(f"ended after {time.monotonic() - begin:.2f} s with exit code {status}")
    check(emulator.status()["output1"] == 0, "the heater is on")
    check(status in (0, 69), "exit code", status)


@scenario(
    "signal-while-lost", "SIGTERM while the board does not answer: the daemon opens the port anew "
    "to turn its heater off", seconds=15)
def while_lost(bench):
    """The board is deaf, comes back only after the signal, and is on."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    inject(emulator, "silence@now+12:deaf")
    daemon.wait_for_message("heater: safe (")
    begin = daemon.send(signal.SIGTERM)
    status = daemon.wait()
    bench.note(f"ended after {time.monotonic() - begin:.2f} s with exit code {status}")
    check(emulator.status()["output1"] == 0, "the heater is on")
    check(status == 0, "exit code", status, daemon.messages())


@scenario(
    "signal-unplugged", "SIGTERM while the board is gone: says that nothing was confirmed, exit 69",
    seconds=12)
def unplugged(bench):
    """A service manager must see that this end was none to be proud of."""
    emulator = bench.emulator("1.4.3")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    inject(emulator, "disconnect@now:powered")
    daemon.wait_for_message("heater: safe (")
    status = daemon.stop()
    check(status == 69, "exit code", status)
    check("did not confirm" in daemon.messages() or "cannot be opened" in daemon.messages(),
          daemon.messages())


@scenario(
    "duration", "--duration-s ends the daemon by itself, heater off, exit 0", seconds=6)
def duration(bench):
    """As many ticks as were asked for."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link), "--duration-s", "3")
    check(daemon.wait() == 0, "exit code", daemon.process.returncode)
    check(emulator.status()["output1"] == 0, "the heater is on")
    replay = bench.replays_exactly(daemon)
    check(int(replay.rows[-1]["tick"]) == 29, "last tick:", replay.rows[-1]["tick"])


@scenario(
    "restart", "a second run on a board that the first has left heats again, and the two records "
    "do not mix", short=False, seconds=10)
def restart(bench):
    """What a service manager does after an update."""
    emulator = bench.emulator("2.0.1", board="leonardo")
    room = bench.room()
    for _ in range(2):
        daemon = bench.daemon(LabConfig(emulator.link), directory=room)
        wait_until_heating(emulator, daemon, 20.0)
        check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(len(daemon.records()) == 2, daemon.records())
    for record in daemon.records():
        check(bench.replay(record).status == 0, record)
    files = subprocess.run(
        ["ls", os.path.dirname(daemon.records()[0])], capture_output=True, text=True, check=True)
    bench.note(f"records: {files.stdout.split()}")
