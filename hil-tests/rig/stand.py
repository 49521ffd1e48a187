"""What a trial is given: the machine with the service, the board, the plant, and assertions.

Every time that is asserted was taken beside the daemon, on the lines themselves or on the board.
"""

import base64
import json

from agent import PATIENCE_S
from bench import Failure, check
from board import Board
from plant import Plant
from records import Records

#: The configured limit: all outputs are safe so long after any death or fault.
LIMIT_S = 1.0
#: The longest command of all.
INSTALL_PATIENCE_S = 3 * PATIENCE_S
UNIT = "flyballd@rig"
CONFIGURATION = "/etc/flyball/rig.toml"
#: How each line is when it is safe.
SAFE = {"HEATER": "0", "FAN": "1"}


class Stand:
    """A machine with everything around it, for one trial after the other."""

    def __init__(self, target, wiring, options):
        self.is_short = options.short
        #: How often a trial that repeats something does so, where it was asked for.
        self.count = options.count
        #: Measured figures, in words; and (limit, seconds) of each time that was asserted.
        self.figures = []
        self.times = []
        self.target = target
        self.wiring = wiring
        self.safe = dict(SAFE)
        self.plant = Plant(self._send_wave)
        self.board = Board(self.plant, target.now_ns)
        self.records = Records(target)
        target.on_time = self.plant.time
        target.on_line = self.plant.line
        self._written = None
        #: Whether a loop controls the fan; otherwise its line stays safe.
        self.has_fan_loop = True
        #: The limit where programs have to be started first, systemd's and `flyball safe`.
        self.start_limit_s = options.start_limit

    def _send_wave(self, millihertz):
        try:
            self.target.send(f"wave TACH {millihertz}")
        except (TypeError, OSError):
            pass  # There is no machine at the moment; the next change reaches the next one.

    def note(self, figure):
        """Keeps a measured figure for the table."""
        self.figures.append(figure)

    def wake(self):
        """The machine, with the service installed there."""
        self.target.wake()
        self.board.plug(self.wiring.board)
        self.target.must(self.wiring.install.format(unit=UNIT), INSTALL_PATIENCE_S)
        self.configure()
        self.target.must(
            f"flyball check {CONFIGURATION} && systemctl enable {UNIT} 2>&1 && sync")
        self.safe_board()

    def power_on(self):
        """Boots from the disk as it is."""
        self.target.boot(with_adapter=True)
        self.plant.wave_again()
        self.board.plug(self.wiring.board)

    def begin(self):
        """Before each trial."""
        self.figures.clear()
        self.times.clear()
        self.records.begin()

    def close(self):
        """Ends all."""
        self.board.unplug()
        self.target.close()

    def safe_board(self):
        """The board and the plant without faults."""
        self.board.reading, self.board.obeys, self.board.third_offset = "ok", True, 0.0

    def configure(self, *changes):
        """Has the configuration with each (old, new) in it on the machine, where it is not yet."""
        text = self.wiring.configuration()
        for old, new in changes:
            check(old in text, "not in the configuration:", old)
            text = text.replace(old, new, 1)
        if text != self._written:
            self.put(CONFIGURATION, text.encode())
            self._written = text

    def put(self, path, content):
        """Writes a file on the machine as an editor does: a new one takes its name."""
        packed = base64.b64encode(content).decode()
        self.target.must(
            f"echo {packed} | base64 -d >{path}.new && chmod 644 {path}.new && "
            f"mv {path}.new {path}")
        if path == CONFIGURATION:
            self._written = None

    def wait(self, holds, complaint):
        """Waits until `holds()`; raises Failure with the complaint and what the service said."""
        try:
            self.target.wait(holds, PATIENCE_S, complaint)
        except Failure as failure:
            raise Failure(f"{failure}\n{self.journal()}") from None

    def check(self, holds, *found):
        """Raises Failure with what was found, and what the service said, unless it holds."""
        if not holds:
            check(False, *found, "\n" + self.journal())

    # What trials begin with.

    def heating(self, *changes, stays_cold=True):
        """A service freshly started on a cold plant: both heaters on, the fan at its speed.

        With these changes in its configuration, and without those of the trial before;
        `stays_cold` as in `wait_heating`.
        """
        self.safe_board()
        self.configure(*changes)
        self.plant.reset()
        result = self.target.run(f"systemctl reset-failed {UNIT}; systemctl restart {UNIT}")
        if result.status != 0:
            # A board that a busy host does not let answer for 10 s ends a start with 69; systemd tries
            # again a second later, as the unit says. Not to be passed over in silence.
            self.check(self.property("ActiveState") in ("activating", "active"), result.output)
            self.note("a first start failed: " + self.journal())
        self.wait_heating(stays_cold)

    def keep_levels(self, keeps):
        """Whether a line that is given back keeps its level, or falls to its resistor.

        On a real board that is its kernel's business.
        """
        if "levels" in self.wiring.hands:
            self.target.must(f"echo {int(keeps)} >/sys/devices/platform/rig-gpio/keep_levels")

    def wait_heating(self, stays_cold=True):
        """Waits, while the plant stays cold, until heater 1 has been on for a while without a pause,
        the plate heats, and the fan has come to its speed.

        Cold, since after a safe state a law begins at the safe level and rises from there: on a
        plant that gets warm it need never ask for everything, so that the line always has pauses.
        But a plant that is kept cold is what `[loop.stuck]` looks for: where that is in force the
        plant gets warm, and both heaters have to be driven at all.
        """
        begin = self.target.now_ns()
        if not stays_cold:
            self.wait(
                lambda: any(span[0] == "1" for span in self.target.levels.spans("HEATER", begin))
                and self.board.level > 0 and self._is_fan_at_speed(), "it does not heat")
            return
        with self.plant.cold():
            self.wait(
                lambda: self.target.levels.settled("HEATER", "1", begin, self.target.now_ns())
                and self.board.level > 50 and self._is_fan_at_speed(), "it does not heat")

    def _is_fan_at_speed(self):
        return not self.has_fan_loop or abs(self.plant.rpm - 1500) < 300

    def journal(self):
        """The end of what the service said."""
        try:
            shown = self.target.run(f"journalctl -u {UNIT} -n 12 -o cat --no-pager")
            return shown.output[-1500:]
        except (Failure, OSError, TypeError):
            return "no journal"

    def loops(self):
        """What the daemon says of its loops."""
        return json.loads(self.target.must("flyball status --json"))["loops"]

    def ticks(self):
        """How many ticks the daemon has made; up to a second old."""
        return json.loads(self.target.must("flyball status --json"))["timing"]["ticks"]

    def go_on(self, *loops):
        """The operator clears a latch, in the two steps of docs/safety.md."""
        for name in loops:
            self.target.must(f"flyball mode {name} safe && flyball mode {name} auto")

    def wait_state(self, index, state, cause):
        """Waits until a loop says so of itself."""
        found = {}

        def holds():
            found.update(self.loops()[index])
            return found["state"] == state

        self.wait(holds, f"loop {index} is not {state}")
        self.check(found["cause"] == cause, "the cause is", found["cause"], "not", cause)

    def main_pid(self):
        """The daemon's process."""
        return self.property("MainPID")

    def property(self, name):
        """A property of the unit."""
        return self.target.must(f"systemctl show -P {name} {UNIT}").strip()

    def wait_property(self, name, value):
        """Waits until the unit has this property."""
        self.wait(lambda: self.property(name) == value, f"{name} is not {value}")

    # What trials assert.

    def seconds_to_safe(self, line, begin_ns):
        """How long after `begin_ns` a line was safe for good: for longer than a window."""
        levels = self.target.levels

        def found():
            return levels.settled(line, self.safe[line], begin_ns, self.target.now_ns())

        self.wait(lambda: found() is not None, f"{line} never is safe")
        return (found() - begin_ns) / 1e9

    def seconds_to_plate_off(self, begin_ns):
        """The same of the heater on the board."""
        self.wait(lambda: self.board.level == 0, "the plate never is safe")
        return self.board.seconds_off_after(begin_ns)

    def check_safe_within(self, limit_s, begin_ns, what, *lines):
        """Each output, or each of these lines and the plate, reached its safe level in time after
        `begin_ns`; notes how long it took."""
        times = self._times_to_safe(limit_s, begin_ns, what, lines)
        self.note(f"{what}: {self._shown(times)}")

    def check_safe_after_start(self, begin_ns, what):
        """The same of each output when a program has to be started for it, for which another limit
        may have been asked for: then it is said to have missed the configured one."""
        times = self._times_to_safe(self.start_limit_s, begin_ns, what, ())
        self.note(f"{what}: {self._shown(times)}{self.missed(times)}")
        return times

    def _times_to_safe(self, limit_s, begin_ns, what, lines):
        times = {line: self.seconds_to_safe(line, begin_ns) for line in lines or self.safe}
        times["plate"] = self.seconds_to_plate_off(begin_ns)
        for name, seconds in times.items():
            self.check(
                seconds <= limit_s,
                f"{what}: {name} was safe after {seconds:.3f} s; allowed: {limit_s} s")
        self.times.append((limit_s, max(times.values())))
        return times

    @staticmethod
    def _shown(times):
        return ", ".join(f"{name} {each * 1e3:.0f} ms" for name, each in times.items())

    @staticmethod
    def missed(times):
        """Words for times beyond the configured limit."""
        return f"; MISSED: {LIMIT_S} s" if max(times.values()) > LIMIT_S else ""

    def check_took(self, seconds, limit_s, what):
        """A time that was measured is within its limit; notes it."""
        self.check(seconds <= limit_s, f"{what} after {seconds:.3f} s; allowed: {limit_s} s")
        self.times.append((limit_s, seconds))
        self.note(f"{what} after {seconds * 1e3:.0f} ms")

    def stays_safe(self, seconds):
        """Nothing is driven for so long."""
        begin = self.target.now_ns()
        self.target.sleep(seconds)
        for line, level in self.safe.items():
            found = self.target.levels.spans(line, begin)
            self.check(all(each == level for each, _, _ in found), line, "was not safe:", found)
        self.check(self.board.level == 0, "the plate has", self.board.level)
