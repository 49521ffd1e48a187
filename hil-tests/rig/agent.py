"""The agent that stands beside the daemon: what it says, and what it is asked for."""

import collections
import itertools
import threading
import time
import urllib.parse

from bench import Failure
from levels import Levels

#: A limit of patience, in the host's seconds: a busy host that translates is very slow.
PATIENCE_S = 200.0


class Result:
    """What a command beside the daemon came to. Times are the agent's monotonic nanoseconds."""

    def __init__(self, begin_ns, end_ns, status, output):
        self.begin_ns = begin_ns
        self.end_ns = end_ns
        self.status = status
        self.output = output


class Agent:
    """guest/agent.c at the other end of a connection, of which a subclass knows the way."""

    def __init__(self):
        self.levels = Levels()
        self._send = None
        self._commands = itertools.count(1)
        self._began = {}
        self._results = {}
        self._gap_ns = None
        self._time_ns = 0
        #: The host's time less the agent's when an event came, of the last seconds.
        self._behind_ns = collections.deque(maxlen=250)
        #: The kernel's id of the present boot; "" while there is none.
        self.boot_id = ""
        #: Called with the agent's time in ns: every 20 ms of it, and before a line changes.
        self.on_time = lambda time_ns: None
        #: Called with a line's name and level when it changes.
        self.on_line = lambda name, level: None

    def attach(self, receive, send):
        """Talks over a connection from now on: `receive()` gives octets, and none at its end."""
        self.boot_id = ""
        self.levels.forget()
        self._send = send
        threading.Thread(target=self._listen, args=(receive,), daemon=True).start()

    def has_ended(self):
        """Whether what the agent runs on is gone, and why."""
        raise NotImplementedError

    def last_words(self):
        """What may say why something did not come."""
        return ""

    def wait(self, holds, patience, complaint):
        """Waits until `holds()`; raises Failure with the complaint."""
        end = time.monotonic() + patience
        while not holds():
            if self.has_ended():
                raise Failure(complaint, "the agent's side has ended", self.last_words())
            if time.monotonic() > end:
                raise Failure(complaint, f"within {patience:.1f} s", self.last_words())
            time.sleep(0.005)

    def now_ns(self):
        """The monotonic time of the lines, as the host has last heard of it: up to 20 ms ago."""
        return self._time_ns

    def behind_host_ns(self):
        """The host's time less the agent's, and the shortest way from there: of two agents the
        difference of it is that of their times, to within the difference of their ways."""
        return min(self._behind_ns)

    def sleep(self, seconds):
        """Waits for so many seconds of that time."""
        end = self._time_ns + seconds * 1e9
        self.wait(lambda: self._time_ns >= end, PATIENCE_S + 10 * seconds, "the guest stands still")

    def _listen(self, receive):
        rest = b""
        while True:
            try:
                octets = receive()
            except OSError:
                return
            if not octets:
                return
            *lines, rest = (rest + octets).split(b"\n")
            for line in lines:
                self._take(line.decode("ascii", errors="replace").split(" "))

    def _take(self, words):
        """One event of the agent; what is cut by a reset is left out."""
        if words[0] == "hello" and len(words) == 3:
            if words[2] != self.boot_id:
                self.levels.forget()
            self._time_ns = int(words[1])
            self.boot_id = words[2]
        elif words[0] == "time" and len(words) == 2:
            self._time_ns = int(words[1])
            self._behind_ns.append(time.monotonic_ns() - self._time_ns)
            self.on_time(self._time_ns)
        elif words[0] == "line" and len(words) == 4:
            self._time_ns = int(words[1])
            self.on_time(self._time_ns)
            self.levels.take(words[2], words[3], self._time_ns)
            self.on_line(words[2], words[3])
        elif words[0] == "began" and len(words) == 3:
            self._began[words[2]] = int(words[1])
        elif words[0] == "ended" and len(words) == 5:
            self._results[words[2]] = Result(
                self._began.pop(words[2]), int(words[1]), int(words[3]),
                urllib.parse.unquote(words[4]))
        elif words[0] == "gap" and len(words) == 2:
            self._gap_ns = int(words[1])

    def send(self, text):
        """One line to the agent."""
        self._send(text.encode() + b"\n")

    def begin(self, text):
        """Has a shell beside the daemon run a command; gives its number."""
        number = str(next(self._commands))
        self.send(f"run {number} {urllib.parse.quote(text)}")
        return number

    def has_begun(self, number):
        """Whether a command runs."""
        return number in self._began

    def result(self, number, patience=PATIENCE_S):
        """Waits for the end of a command."""
        self.wait(lambda: number in self._results, patience, f"command {number} does not end")
        return self._results.pop(number)

    def run(self, text, patience=PATIENCE_S):
        """Runs a command beside the daemon and gives its result."""
        return self.result(self.begin(text), patience)

    def must(self, text, patience=PATIENCE_S):
        """Runs a command beside the daemon that must not fail; gives its output."""
        result = self.run(text, patience)
        if result.status != 0:
            raise Failure(f"`{text}` ended with {result.status}: {result.output}")
        return result.output

    def longest_gap_s(self):
        """The longest time for which nobody looked at the lines, since the last asking."""
        self._gap_ns = None
        self.send("gap")
        self.wait(lambda: self._gap_ns is not None, PATIENCE_S, "the agent is silent")
        return self._gap_ns / 1e9
