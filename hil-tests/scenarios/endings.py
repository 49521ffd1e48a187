"""Ends that something holds up: a deaf board, a thread that hangs, a reader that stopped reading."""

import contextlib
import ctypes
import os
import pty
import signal
import termios
import time

from bench import check, seconds_on_after, wait_until_heating
from lab_config import SPEED, LabConfig

from .faults import SCHEDULING, inject
from .scenario import scenario

#: The daemon has ended so long after a signal, whatever hangs: docs/safety.md.
ENDED_S = 5.0 + SCHEDULING

PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT = 17, 0x4206, 0x4207
WALL = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def thread_named(process, name):
    """The number of a thread of the daemon."""
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/comm", encoding="ascii") as file:
            if file.read().strip() == name:
                return int(thread)
    raise AssertionError(f"no thread {name}")


@contextlib.contextmanager
def hung(process, name):
    """Stops one thread, as a call into the kernel that never returns would."""
    thread = thread_named(process, name)
    for request in (PTRACE_SEIZE, PTRACE_INTERRUPT):
        if _libc.ptrace(request, thread, None, None) != 0:
            raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(thread, WALL)
    try:
        yield
    finally:
        # When the process has ended, its stopped thread is this one's to bury.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(thread, WALL | os.WNOHANG)


def wait_burying(daemon, patience=10.0):
    """Waits for the end of a daemon with a traced thread; gives the exit code."""
    end = time.monotonic() + patience
    while daemon.process.poll() is None and time.monotonic() < end:
        for thread in os.listdir(f"/proc/{daemon.process.pid}/task"):
            if int(thread) != daemon.process.pid:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(int(thread), WALL | os.WNOHANG)
        time.sleep(0.01)
    return daemon.process.poll()


def end_hung(bench, name, status, words):
    """SIGTERM while a thread hangs: heater off, ended in time, the stated words and exit code."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    with hung(daemon.process.pid, name):
        begin = daemon.send(signal.SIGTERM)
        found = wait_burying(daemon)
        ended = time.monotonic() - begin
        on = seconds_on_after(emulator.log(), begin)
        check(found == status, "exit code", found, daemon.messages())
    check(on is not None, "the heater is still on", daemon.messages())
    check(ended <= ENDED_S, "ended after", ended, "s")
    check(words in daemon.messages(), daemon.messages())
    bench.note(f"{name} hangs: heater off after {on * 1000:.0f} ms, ended after {ended:.1f} s")
    return on


@scenario("end-deaf", "SIGTERM to a board that is deaf for three seconds: opened anew until its "
          "heater is confirmed off, exit 0", seconds=12)
def deaf(bench):
    """Longer than the first requests wait, on a board that does not reset."""
    for board in ("leonardo", "uno"):
        emulator = bench.emulator("1.4.3", board=board)
        daemon = bench.daemon(LabConfig(emulator.link))
        wait_until_heating(emulator, daemon)
        inject(emulator, f"silence@now+{3 * SPEED:.0f}:deaf")
        begin = daemon.send(signal.SIGTERM)
        status = daemon.wait()
        ended = time.monotonic() - begin
        check(emulator.status()["output1"] == 0, "the heater is on")
        check(status == 0, "exit code", status, daemon.messages())
        check("heaters off, confirmed" in daemon.messages(), daemon.messages())
        check(ended <= ENDED_S, "ended after", ended, "s")
        on = seconds_on_after(emulator.log(), begin)
        bench.note(f"{board}: heater off after {on:.2f} s, ended after {ended:.2f} s")


@scenario("end-deaf-for-ever", "SIGTERM to a board that stays deaf: exit 69 within five seconds, "
          "loudly", seconds=12)
def deaf_for_ever(bench):
    """What no program can turn off must at least be said."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    inject(emulator, "silence@now:deaf")
    begin = daemon.send(signal.SIGTERM)
    status = daemon.wait()
    ended = time.monotonic() - begin
    check(status == 69, "exit code", status, daemon.messages())
    check("did not confirm" in daemon.messages(), daemon.messages())
    check(ended <= ENDED_S, "ended after", ended, "s")
    bench.note(f"ended after {ended:.2f} s")


@scenario("end-control-hung", "SIGTERM while the control thread hangs: heater off, exit 1",
          seconds=10)
def control_hung(bench):
    """The device's own thread needs no other to turn its heaters off."""
    on = end_hung(bench, "control", 1, "control thread hangs")
    check(on <= 1.0 + SCHEDULING, "the heater was on for", on, "s")


@scenario("end-record-hung", "SIGTERM while the disk hangs: heater off at once, exit 1",
          seconds=12)
def record_hung(bench):
    """The record comes after the outputs, and not on the thread that takes signals."""
    on = end_hung(bench, "record", 1, "disk does not answer")
    check(on <= 0.5 + SCHEDULING, "the heater was on for", on, "s")


@scenario("end-driver-hung", "SIGTERM while the driver's thread hangs: its line still gets the "
          "commands that turn heaters off, exit 69", seconds=12)
def driver_hung(bench):
    """Nobody hears the answer, so that it is not called confirmed."""
    end_hung(bench, "tclab", 69, "its driver hangs")


@scenario("end-stopped-terminal", "SIGTERM turns the heater off and ends the daemon although its "
          "terminal stopped in the middle of a frame", seconds=12)
def stopped_terminal(bench):
    """Ctrl-S, or a window that is not drawn: the terminal takes less than a frame, and no more."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    reader, terminal = pty.openpty()
    try:
        termios.tcsetwinsize(terminal, (24, 80))
        daemon = bench.daemon(LabConfig(emulator.link), "--live", stdout=terminal)
        emulator.wait_for(lambda status: status["output1"] > 50)
        # Nobody reads: what fits into the terminal's buffer fits, and a frame does not end there.
        time.sleep(8.0)
        begin = daemon.send(signal.SIGTERM)
        status = daemon.wait(10.0)
        ended = time.monotonic() - begin
        on = seconds_on_after(emulator.log(), begin)
        check(on is not None and on <= 0.5 + SCHEDULING, "the heater was on for", on, "s")
        check(status == 0, "exit code", status, daemon.messages())
        check(ended <= ENDED_S, "ended after", ended, "s")
        replay = bench.replays_exactly(daemon)
        check(int(replay.rows[-1]["tick"]) > 70, "the record ends at tick", replay.rows[-1]["tick"])
    finally:
        os.close(reader)
        os.close(terminal)


@scenario("end-idle", "between the signal and the end the daemon sleeps", seconds=12)
def idle(bench):
    """A loop that spins takes the processor from those who turn things off."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link))
    wait_until_heating(emulator, daemon)
    inject(emulator, "silence@now:deaf")
    before = cpu_seconds(daemon.process.pid)
    daemon.send(signal.SIGTERM)
    time.sleep(3.0)
    used = cpu_seconds(daemon.process.pid) - before
    daemon.wait()
    check(used < 0.3, "it used", used, "s of the processor in 3 s")
    bench.note(f"{used * 1000:.0f} ms of the processor in 3 s")


def cpu_seconds(process):
    """What a process has used of the processor."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
