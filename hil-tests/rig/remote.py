"""A board that is reached by ssh, in the guest's place."""

import subprocess

from agent import Agent
from bench import Failure

#: Seconds until ssh gives up, and until the agent there has to greet.
CONNECT_S = 20
GREET_S = 60.0
#: Where guest/agent.c is on the board and on the reader.
AGENT = "/usr/local/sbin/agent"


class RemoteAgent(Agent):
    """The agent on a machine, over an ssh connection that is its life: when it goes, so does it."""

    def __init__(self, target, options, lines):
        """`target` is ssh:HOST; raises Failure for another one."""
        super().__init__()
        kind, _, self.host = target.partition(":")
        if kind != "ssh" or not self.host:
            raise Failure(f"{target}: only ssh:HOST is known")
        self._options = options
        self._lines = lines
        self._process = None

    def wake(self):
        """Connects, and waits until the agent has greeted."""
        program = " ".join((AGENT, "-", *self._lines))
        self._process = subprocess.Popen(
            ["ssh", "-T", "-o", "BatchMode=yes", "-o", f"ConnectTimeout={CONNECT_S}",
             *self._options, self.host,
             f"if [ $(id -u) = 0 ]; then exec {program}; else exec sudo -n {program}; fi"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        output, port = self._process.stdout, self._process.stdin

        def send(octets):
            port.write(octets)
            port.flush()

        self.attach(lambda: output.read1(65536), send)
        self.wait(lambda: self.boot_id, GREET_S, f"no agent on {self.host}")

    def has_ended(self):
        """Whether ssh has."""
        return self._process is None or self._process.poll() is not None

    def last_words(self):
        """Whose connection it is."""
        return f"ssh to {self.host}, {AGENT}"

    def close(self):
        """Ends the connection, and with it the agent."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


class Remote(RemoteAgent):
    """The lines are those of the reader, and so is the time; commands run on the board."""

    def __init__(self, target, wiring, options):
        """The reader is the board itself, unless the wiring names another machine."""
        super().__init__(wiring.reader or target, options, wiring.seen)
        self._board = RemoteAgent(target, options, ()) if wiring.reader else None

    def wake(self):
        """Connects to both."""
        super().wake()
        if self._board is not None:
            self._board.wake()

    def begin(self, text):
        """Has the board run a command."""
        return super().begin(text) if self._board is None else self._board.begin(text)

    def has_begun(self, number):
        """Whether a command runs there."""
        return (super().has_begun(number) if self._board is None
                else self._board.has_begun(number))

    def result(self, number, patience=GREET_S):
        """Waits for its end; its times are put into the reader's."""
        if self._board is None:
            return super().result(number, patience)
        result = self._board.result(number, patience)
        ahead = self._board.behind_host_ns() - self.behind_host_ns()
        result.begin_ns += ahead
        result.end_ns += ahead
        return result

    def close(self):
        """Ends both connections."""
        super().close()
        if self._board is not None:
            self._board.close()
