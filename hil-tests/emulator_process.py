"""Runs the TCLab emulator as a process of its own, for tests."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

#: How long anything may take before a test fails, in real seconds: generous, for busy machines.
PATIENCE = 20.0
_PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tclab_emulator.py")


class EmulatorProcess:
    """A running emulator in a directory of its own; a context manager that ends it."""

    def __init__(self, firmware="1.4.3", speed=50.0, *options):
        """Takes what the command line takes; starts nothing yet."""
        self._directory = tempfile.TemporaryDirectory(prefix="tclab-")
        self.link = os.path.join(self._directory.name, "ttyTCLAB")
        self.control_path = os.path.join(self._directory.name, "control")
        self.log_path = os.path.join(self._directory.name, "log.jsonl")
        self._command = [
            sys.executable, _PROGRAM, "--firmware", firmware, "--speed", str(speed),
            "--link", self.link, "--control", self.control_path, "--log", self.log_path, *options]
        self._process = None
        self._control = None

    def __enter__(self):
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line.startswith("ready "):
            self.__exit__()
            raise RuntimeError(f"the emulator said {line!r}")
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        connection.connect(self.control_path)
        self._control = connection.makefile("rw", encoding="utf-8", newline="\n")
        connection.close()
        return self

    def __exit__(self, *_):
        if self._control is not None:
            try:
                self._control.close()
            except OSError:
                pass
        self.terminate()
        self._process.stdout.close()
        self._directory.cleanup()

    def terminate(self):
        """Ends the process as a service manager would; gives its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def control(self, line):
        """Sends one line to the control channel; gives its answer."""
        self._control.write(line + "\n")
        self._control.flush()
        return self._control.readline().rstrip("\n")

    def status(self):
        """The status as a dictionary."""
        return json.loads(self.control("status"))

    def wait_for(self, holds):
        """Waits until `holds(status)`; gives that status, or raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while True:
            status = self.status()
            if holds(status):
                return status
            if time.monotonic() > end:
                raise TimeoutError(f"never came: {status}")
            time.sleep(0.005)

    def log(self):
        """The events logged so far."""
        with open(self.log_path, encoding="ascii") as file:
            return [json.loads(line) for line in file]
