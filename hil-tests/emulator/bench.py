"""The parts wired together, and the loop that runs them."""

import json
import math
import os
import random
import select
import signal
from collections import Counter, deque

from .clock import Clock
from .control_server import ControlServer
from .fault import Fault, FaultError
from .fault_schedule import FaultSchedule
from .firmware import Firmware
from .journal import Journal, finite
from .lab import Lab
from .plant import Plant
from .profile import BOARDS, PROFILES
from .reply_line import ReplyLine
from .terminal import Terminal

#: An Uno's bootloader listens for so long after a reset, in simulated seconds.
BOOTLOADER_SECONDS = 2.0
#: The loop looks up at least so often, in real milliseconds.
LONGEST_WAIT = 100
#: So many different command names are counted apart; the rest as "other".
MOST_NAMES = 64


class Bench:
    """A board with its plant on a terminal, its faults and its control channel."""

    def __init__(self, options):
        """Builds everything; raises OSError and FaultError."""
        self.options = options
        self.profile = PROFILES[options.firmware]
        self.clock = Clock(options.speed)
        self.byte_seconds = 10 / self.profile.baud * options.speed
        self.faults = FaultSchedule()
        for text in options.fault:
            self.faults.add(Fault(text))
        self.journal = Journal(options.log, self.clock)
        self.plant = Plant(options.ambient, options.seed, options.noise)
        self.lab = Lab(self.plant, self.faults, self.journal)
        self.firmware = Firmware(
            self.profile, BOARDS[options.board], self.lab, self.byte_seconds)
        self.random = random.Random(options.seed + 1)
        self.line = ReplyLine(self.faults, self.clock, self.random)
        self.poll = select.poll()
        self.terminal = None
        self.control = None
        self.running = True
        self.deaf_until = 0.0
        self.counts = Counter()
        self.events = Counter()
        self.latest = deque(maxlen=10)
        self.last_seen = {}
        self._wake, self._signalled = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def run(self, ready):
        """Runs until a signal or `quit`; calls `ready` with the terminal's path once it is up."""
        signal.set_wakeup_fd(self._signalled)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.poll.register(self._wake, select.POLLIN)
        try:
            self._connect()
            if self.options.control:
                self.control = ControlServer(self.options.control, self.poll, self.answer)
            ready(self.terminal.path)
            while self.running:
                self._turn()
        finally:
            self._disconnect()
            if self.control is not None:
                self.control.close()
            self.journal.close()

    def _stop(self, *_):
        self.running = False

    def _turn(self):
        ready = self.poll.poll(self._wait())
        # Chosen before anything is closed: a number may be given to a new descriptor below.
        asking = [each for each, _ in ready if self.control and self.control.owns(each)]
        now = self.clock.now()
        self.plant.advance(now)
        self._update_faults(now)
        self._update_terminal(now)
        self._handle_answers(self.firmware.tick(now), now)
        self._send(now)
        # Last, so that a status shows all that had reached the line when it was asked for.
        for descriptor in asking:
            self.control.handle(descriptor)

    def _wait(self):
        """Real milliseconds until something is due."""
        times = [self.faults.next_change(), self.firmware.next_tick(), self.line.next_due()]
        due = min((time for time in times if time is not None), default=math.inf)
        real = self.clock.real_seconds(due - self.clock.now()) * 1000
        return max(0, min(LONGEST_WAIT, real))

    def _connect(self):
        self.terminal = Terminal(self.options.link, self.options.cooked)
        self.poll.register(self.terminal.master, select.POLLIN)
        self.poll.register(self.terminal.watch, select.POLLIN)
        self.journal.note("connect", path=self.terminal.path)

    def _disconnect(self):
        if self.terminal is None:
            return
        self.poll.unregister(self.terminal.master)
        self.poll.unregister(self.terminal.watch)
        self.terminal.close()
        self.terminal = None
        self.line.clear()
        self.journal.note("disconnect")

    def _boot(self, now, cause):
        """The board starts afresh; what is on its way to or from it is lost."""
        self.firmware.boot(now)
        self.line.clear()
        self.deaf_until = now + BOOTLOADER_SECONDS if self.options.board == "uno" else now
        self.events["boots"] += 1
        self.journal.note("boot", cause=cause)

    def _update_faults(self, now):
        begun, ended = self.faults.update(now)
        for fault in begun:
            fault.found = {
                "readings": [self.plant.reading(channel) for channel in (0, 1)],
                "widths": list(self.plant.widths),
                "levels": list(self.firmware.levels),
            }
            self.journal.note("fault begins", fault=fault.text)
            if fault.kind == "disconnect":
                self._disconnect()
                if not fault.powered:
                    self._boot(now, "unplugged")
            elif fault.kind == "reset":
                self._boot(now, "reset")
                self.faults.clear("reset")
        self._faults_ended(ended)
        if begun or ended:
            self.lab.refresh("fault")

    def _faults_ended(self, ended):
        for fault in ended:
            self.journal.note("fault ends", fault=fault.text)
        plugged = any(fault.kind == "disconnect" for fault in ended)
        if plugged and self.terminal is None and not self.faults.acting("disconnect"):
            self._connect()

    def _update_terminal(self, now):
        if self.terminal is None:
            return
        for opened in self.terminal.changes():
            self.journal.note("open" if opened else "close")
            self.events["opens" if opened else "closes"] += 1
            if not opened:
                self.terminal.after_last_close()
            elif self.options.board == "uno":
                self._boot(now, "opened")
        octets = self.terminal.read()
        silence = self.faults.acting("silence")
        if not octets or now < self.deaf_until or (silence is not None and silence.deaf):
            return
        if self.options.check_baud and self.terminal.baud() != self.profile.baud:
            octets = self.random.randbytes(len(octets))
        self._handle_answers(self.firmware.receive(octets, now), now)

    def _handle_answers(self, answers, now):
        for text, reply in answers:
            if text:
                self._note_command(text, reply, now)
            self.line.push(reply, now)

    def _note_command(self, text, reply, now):
        name = text.split(b" ")[0].strip().upper().decode("latin-1")
        if name not in self.counts and len(self.counts) >= MOST_NAMES:
            name = "other"
        self.counts[name] += 1
        self.last_seen[name] = now
        shown = text.decode("latin-1")
        self.latest.append({"t": round(now, 4), "text": shown})
        self.journal.note("command", text=shown, reply=reply.decode("latin-1"))

    def _send(self, now):
        octets = self.line.pop_due(now) + self.line.flood(now, self.byte_seconds)
        if not octets or self.terminal is None or not self.terminal.is_open:
            return
        if self.options.check_baud and self.terminal.baud() != self.profile.baud:
            octets = self.random.randbytes(len(octets))
        self.terminal.write(octets)

    def answer(self, line):
        """The reply to one line of the control channel."""
        verb, _, rest = line.partition(" ")
        rest = rest.strip()
        now = self.clock.now()
        self.plant.advance(now)
        try:
            if verb == "status" and not rest:
                return json.dumps(finite(self.status(now)))
            if verb == "fault" and rest:
                self.faults.add(Fault(rest, now))
                self._update_faults(now)
            elif verb == "clear":
                self._faults_ended(self.faults.clear(rest or None))
                self.lab.refresh("fault")
            elif verb in ("disconnect", "reconnect") and not rest:
                self._plug(verb, now)
            elif verb == "quit" and not rest:
                self.running = False
            else:
                return (
                    f"error {line!r} is none of: status, fault SPEC, clear [KIND], disconnect, "
                    "reconnect, quit")
        except (FaultError, OSError) as error:
            return f"error {error}"
        return "ok"

    def _plug(self, verb, now):
        if verb == "disconnect" and self.terminal is not None:
            self.faults.add(Fault("disconnect@now", now))
            self._update_faults(now)
        elif verb == "reconnect" and self.terminal is None:
            self._faults_ended(self.faults.clear("disconnect"))
        else:
            raise FaultError(f"{verb}: the terminal is {'gone' if verb[0] == 'd' else 'there'}")

    def status(self, now):
        """What the board, the plant and the line are at."""
        firmware, plant, terminal = self.firmware, self.plant, self.terminal
        seen = {
            f"since_{name.lower()}": now - self.last_seen[name] if name in self.last_seen else None
            for name in ("Q1", "Q2", "X")
        }
        return {
            "t": now, "speed": self.clock.speed,
            "firmware": self.profile.version, "board": self.options.board,
            "connected": terminal is not None, "open": terminal is not None and terminal.is_open,
            "path": terminal.path if terminal else None,
            "baud": terminal.baud() if terminal else None,
            "deaf": now < self.deaf_until, "asleep": firmware.asleep,
            "T1": plant.sensors[0], "T2": plant.sensors[1],
            "T1_max": plant.hottest[0], "T2_max": plant.hottest[1],
            "H1": plant.heaters[0], "H2": plant.heaters[1],
            "Q1": firmware.levels[0], "Q2": firmware.levels[1],
            "output1": self.lab.percent()[0], "output2": self.lab.percent()[1],
            "pwm1": plant.widths[0], "pwm2": plant.widths[1],
            "P1": firmware.limits[0], "P2": firmware.limits[1], "LED": firmware.led,
            "opens": self.events["opens"], "closes": self.events["closes"],
            "boots": self.events["boots"],
            "commands": dict(self.counts), "last": list(self.latest), **seen,
            "faults": self.faults.all_acting(),
        }
