"""The programs under test as processes: the daemon, and the tool."""

import csv
import glob
import json
import os
import signal
import subprocess
import time

#: How long anything may take before a test fails, in real seconds: generous, for busy machines.
PATIENCE = 30.0


class Daemon:
    """A running `flyballd` with its configuration in a directory of its own; a context manager."""

    def __init__(
            self, build, directory, text, *options, wrapper=(), stdin=subprocess.DEVNULL,
            stdout=None):
        """Writes the configuration; starts nothing yet.

        `wrapper` is a command put before the daemon's; `stdout` replaces the file it prints to.
        """
        self.directory = directory
        self.config = os.path.join(directory, "config.toml")
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text)
        self.command = [
            *wrapper, os.path.join(build, "flyballd"), "--config", self.config, *options]
        self._stdin = stdin
        self._stdout = stdout
        self._errors = os.path.join(directory, "stderr.txt")
        self._printed = os.path.join(directory, "stdout.txt")
        self.process = None

    def __enter__(self):
        with open(self._errors, "wb") as errors, open(self._printed, "wb") as printed:
            self.process = subprocess.Popen(
                self.command, stdin=self._stdin, stderr=errors,
                stdout=printed if self._stdout is None else self._stdout)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def messages(self):
        """What it has said on standard error."""
        with open(self._errors, encoding="utf-8", errors="replace") as file:
            return file.read()

    def printed(self):
        """What it has printed on standard output."""
        with open(self._printed, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait_for_message(self, text, patience=PATIENCE):
        """Waits until it has said `text`; raises TimeoutError, also when it ended before."""
        end = time.monotonic() + patience
        while text not in self.messages():
            if time.monotonic() > end or self.process.poll() is not None:
                if text in self.messages():
                    return
                raise TimeoutError(f"never said {text!r}: {self.messages()!r}")
            time.sleep(0.02)

    def send(self, number):
        """Sends a signal; gives the monotonic time of it."""
        now = time.monotonic()
        self.process.send_signal(number)
        return now

    def wait(self, patience=PATIENCE):
        """Waits for its end; gives the exit code, negative for a signal."""
        return self.process.wait(patience)

    def stop(self, number=signal.SIGTERM):
        """Ends it with a signal; gives the exit code."""
        self.send(number)
        return self.wait()

    def records(self):
        """The record files, oldest first."""
        return sorted(glob.glob(os.path.join(self.directory, "records", "*.mcap")))


def run_program(build, name, *arguments, patience=PATIENCE):
    """Runs a program to its end; gives the finished process with its output as text."""
    return subprocess.run(
        [os.path.join(build, name), *arguments], capture_output=True, text=True,
        errors="replace", timeout=patience, check=False)


class Replay:
    """What `flyball replay` says of a record: exit code, report and, row by row, its ticks."""

    def __init__(self, build, record):
        # Not among the records: their disk may be full.
        room = os.path.dirname(os.path.dirname(record))
        table = os.path.join(room, os.path.basename(record) + ".csv")
        done = run_program(build, "flyball", "replay", record, "--json", "--csv", table)
        self.status = done.returncode
        self.errors = done.stderr
        self.report = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        self.rows = []
        if os.path.exists(table):
            with open(table, newline="", encoding="utf-8") as file:
                # "reading [C]" is called "reading" here.
                self.rows = [
                    {key.split(" ")[0]: value for key, value in row.items()}
                    for row in csv.DictReader(file)]

    def story(self):
        """The states with their causes in order, each once: `learned/nominal`."""
        story = []
        for row in self.rows:
            entry = f"{row['state']}/{row['cause']}"
            if not story or story[-1] != entry:
                story.append(entry)
        return story

    def course(self):
        """The story after the first reading.

        A board that is silent confirms no command either: the cause may change within the safe
        state, and the first one stands for both.
        """
        story = [each for each in self.story() if each != "safe/starting"]
        return [
            each for before, each in zip(["", *story], story)
            if (before, each) != ("safe/sensorLost", "safe/actuatorFailed")]

    def faults(self, column="sensor_fault"):
        """The faults of a column that occurred, in the order of their first appearance."""
        return list(dict.fromkeys(row[column] for row in self.rows if row[column] != "none"))
