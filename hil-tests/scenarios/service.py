"""The service manager's side: readiness, watchdog, stop, and the outputs after a death."""

import os
import signal
import socket
import time

from bench import check, wait_until_heating
from lab_config import LabConfig

from .endings import hung, wait_burying
from .scenario import scenario

#: What the manager would wait for a sign of life.
WATCHDOG_S = 0.4


class Manager:
    """A notification socket; a context manager."""

    def __init__(self, directory):
        self.path = os.path.join(directory, "notify")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.path)
        self.environment = (
            "env", f"NOTIFY_SOCKET={self.path}", f"WATCHDOG_USEC={int(WATCHDOG_S * 1e6)}",
            f"STATE_DIRECTORY={directory}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def heard(self, patience):
        """The lines of the next notification; nothing when none comes in time."""
        self._socket.settimeout(patience)
        try:
            return self._socket.recv(4096).decode().split("\n")
        except (TimeoutError, BlockingIOError):
            return []

    def forget(self):
        """Takes what has come so far."""
        while self.heard(0):
            pass


@scenario(
    "service-notify", "READY=1 once the board answers, WATCHDOG=1 from the progress of ticks and "
    "not while the control thread hangs, STOPPING=1 at the end", seconds=12)
def notify(bench):
    """What systemd hears of Type=notify and WatchdogSec=."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    manager = bench.enter(Manager(bench.room()))
    daemon = bench.daemon(LabConfig(emulator.link), wrapper=manager.environment)
    first = manager.heard(30)
    check("READY=1" in first, "first of all it said", first)
    check("1.4.3" in daemon.messages() or "TCLab" in daemon.messages(), daemon.messages())
    began = time.monotonic()
    for _ in range(5):
        check("WATCHDOG=1" in manager.heard(10), "no sign of life")
    fed = time.monotonic() - began
    with hung(daemon.process.pid, "control"):
        time.sleep(0.2)
        manager.forget()
        silent = manager.heard(3 * WATCHDOG_S)
        daemon.send(signal.SIGTERM)
        said = manager.heard(10)
        ended = wait_burying(daemon)
    check(silent == [], "a hanging control thread was called alive:", silent)
    check("STOPPING=1" in said, "the end was announced as", said)
    check(ended == 1, "exit code", ended)
    bench.note(f"five signs of life in {fed:.2f} s")


@scenario(
    "service-broken-configuration", "kill -9, then the configuration is broken: `flyball safe` "
    "turns off what the daemon had driven", seconds=15)
def broken_configuration(bench):
    """What ExecStopPost= does although an edit has gone wrong."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    manager = bench.enter(Manager(bench.room()))
    daemon = bench.daemon(LabConfig(emulator.link), wrapper=manager.environment)
    wait_until_heating(emulator, daemon)
    with open(daemon.config, "w", encoding="utf-8") as file:
        file.write("schema = ")
    daemon.send(signal.SIGKILL)
    daemon.wait()
    check(emulator.status()["output1"] > 0, "the board turned the heater off by itself")
    lost = bench.tool("safe", daemon.config)
    check(lost.returncode == 78, "without a state directory it ended with", lost.returncode)
    safe = bench.tool("safe", daemon.config, "--state", os.path.dirname(manager.path))
    check(safe.returncode == 0, "flyball safe ended with", safe.returncode, safe.stderr)
    check("confirmed" in safe.stdout, safe.stdout)
    check(emulator.status()["output1"] == 0, "the heater is still on after flyball safe")
