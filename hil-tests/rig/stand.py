"""What a trial is given: the guest with the service, the board, the plant, and assertions.

Every time that is asserted was taken beside the daemon, on the lines themselves or on the board.
"""

import json

from bench import Failure, check
from board import Board
from guest import PATIENCE_S, Guest
from machine import INSTRUCTION_SHIFT, has_kvm
from plant import Plant

#: The configured limit: all outputs are safe so long after any death or fault.
LIMIT_S = 1.0
#: The same where programs have to be started first, systemd's and `flyball safe`: that takes
#: instructions, of which a translated guest is given as many as a board of 1 ns for each executes.
START_LIMIT_S = LIMIT_S if has_kvm() else LIMIT_S * 2**INSTRUCTION_SHIFT
UNIT = "flyballd@rig"
#: How each line is when it is safe.
SAFE = {"HEATER": "0", "FAN": "1"}


class Stand:
    """A guest with everything around it, for one trial after the other."""

    def __init__(self, image, payload, room, is_short):
        self.is_short = is_short
        #: Measured figures, for the table.
        self.figures = []
        self.guest = Guest(image, payload, room)
        self.plant = Plant(self._send_wave)
        self.board = Board(self.plant, self.guest.now_ns)
        self.guest.on_time = self.plant.time
        self.guest.on_line = self.plant.line

    def _send_wave(self, millihertz):
        try:
            self.guest.send(f"wave TACH {millihertz}")
        except (AttributeError, OSError):
            pass  # There is no guest at the moment; the next change reaches the next one.

    def note(self, figure):
        """Keeps a measured figure for the table."""
        self.figures.append(figure)

    def wake(self):
        """A guest fresh from its boot, and the service installed there as a user does it."""
        self.guest.wake()
        self.board.plug(self.guest.board_path)
        self._install()

    def power_on(self):
        """Boots from the disk as it is."""
        self.guest.boot(with_adapter=True)
        self.plant.wave_again()
        self.board.plug(self.guest.board_path)

    def _install(self):
        self.guest.must(
            "mkdir -p /rig /usr/local/lib/swift && mount -o ro /dev/vdb /rig && "
            "cp -r /rig/lib/. /usr/local/lib/swift && "
            "echo /usr/local/lib/swift >/etc/ld.so.conf.d/swift.conf && ldconfig && "
            "cd /rig && BINARIES=/rig/bin scripts/install && cp rig.toml /etc/flyball/ && "
            f"flyball check /etc/flyball/rig.toml && systemctl enable {UNIT} && sync")

    def close(self):
        """Ends all."""
        self.board.unplug()
        self.guest.close()

    def wait(self, holds, complaint):
        """Waits until `holds()`; raises Failure with the complaint and what the service said."""
        try:
            self.guest.wait(holds, PATIENCE_S, complaint)
        except Failure as failure:
            raise Failure(f"{failure}\n{self.journal()}") from None

    def check(self, holds, *found):
        """Raises Failure with what was found, and what the service said, unless it holds."""
        if not holds:
            check(False, *found, "\n" + self.journal())

    # What trials begin with.

    def heating(self):
        """A service freshly started on a cold plant: both heaters on, the fan at its speed."""
        self.board.reading, self.board.obeys = "ok", True
        self.plant.reset()
        self.guest.must(f"systemctl reset-failed {UNIT}; systemctl restart {UNIT}")
        self.wait_heating()

    def keep_levels(self, keeps):
        """Whether a line that is given back keeps its level, or falls to its resistor."""
        self.guest.must(f"echo {int(keeps)} >/sys/devices/platform/rig-gpio/keep_levels")

    def wait_heating(self):
        """Makes the plant cold, and waits until heater 1 has been on for a while without a pause,
        the plate heats, and the fan has come down to its speed."""
        self.plant.reset()
        begin = self.guest.now_ns()
        self.wait(
            lambda: self.guest.levels.settled("HEATER", "1", begin, self.guest.now_ns())
            and self.board.level > 50 and abs(self.plant.rpm - 1500) < 300, "it does not heat")

    def journal(self):
        """The end of what the service said."""
        try:
            shown = self.guest.run(f"journalctl -u {UNIT} -n 12 -o cat --no-pager")
            return shown.output[-1500:]
        except (Failure, OSError):
            return "no journal"

    def status(self):
        """What the daemon says of itself."""
        return json.loads(self.guest.must("flyball status --json"))

    def main_pid(self):
        """The daemon's process."""
        return self.property("MainPID")

    def property(self, name):
        """A property of the unit."""
        return self.guest.must(f"systemctl show -P {name} {UNIT}").strip()

    def wait_property(self, name, value):
        """Waits until the unit has this property."""
        self.wait(lambda: self.property(name) == value, f"{name} is not {value}")

    # What trials assert.

    def seconds_to_safe(self, line, begin_ns):
        """How long after `begin_ns` a line was safe for good: for longer than a window."""
        levels = self.guest.levels

        def found():
            return levels.settled(line, SAFE[line], begin_ns, self.guest.now_ns())

        self.wait(lambda: found() is not None, f"{line} never is safe")
        return (found() - begin_ns) / 1e9

    def check_safe_within(self, limit_s, begin_ns, what):
        """Each output reached its safe level in time after `begin_ns`; notes how long it took."""
        times = {line: self.seconds_to_safe(line, begin_ns) for line in SAFE}
        self.wait(lambda: self.board.level == 0, "the plate never is safe")
        times["plate"] = self.board.seconds_off_after(begin_ns)
        for name, seconds in times.items():
            self.check(
                seconds <= limit_s,
                f"{what}: {name} was safe after {seconds:.3f} s; allowed: {limit_s} s")
        shown = ", ".join(f"{name} {each * 1e3:.0f} ms" for name, each in times.items())
        self.note(f"{what}: {shown}{self.missed(times)}")
        return times

    @staticmethod
    def missed(times):
        """Words for times that a slow guest is allowed, but the configured limit is not."""
        return f"; MISSED: {LIMIT_S} s" if max(times.values()) > LIMIT_S else ""

    def stays_safe(self, seconds):
        """Nothing is driven for so long."""
        begin = self.guest.now_ns()
        self.guest.sleep(seconds)
        for line, level in SAFE.items():
            found = self.guest.levels.spans(line, begin)
            self.check(all(each == level for each, _, _ in found), line, "was not safe:", found)
        self.check(self.board.level == 0, "the plate has", self.board.level)
