"""A guest: QEMU with the image, and the agent in it that stands beside the daemon."""

import itertools
import os
import shutil
import subprocess
import threading
import time
import urllib.parse

from bench import Failure
from levels import Levels
from qmp import QMP, connected

#: Limits of patience, in the host's seconds: a busy host that translates is very slow.
BOOT_S = 500.0
PATIENCE_S = 200.0
NICENESS = -10


def _prefer(process):
    """QEMU goes before what else runs on the host, when that is permitted: it is the clock.

    Its threads among the processes of its session, and the session among the others.
    """
    try:
        os.setpriority(os.PRIO_PROCESS, process, NICENESS)
        with open(f"/proc/{process}/autogroup", "w", encoding="ascii") as file:
            file.write(str(NICENESS))
    except OSError:
        pass  # Not root, or a kernel without such groups: it takes longer.


class Result:
    """What a command in the guest came to. Times are the guest's monotonic nanoseconds."""

    def __init__(self, begin_ns, end_ns, status, output):
        self.begin_ns = begin_ns
        self.end_ns = end_ns
        self.status = status
        self.output = output


class Guest:
    """A running guest; `boot`, `wake` and `cut` are its power."""

    def __init__(self, image, payload, room):
        """In the directory `room`, which is its own."""
        self._image = image
        self._payload = payload
        self._room = room
        self.disk = os.path.join(room, "disk")
        self.console = os.path.join(room, "console.log")
        self.board_path = os.path.join(room, "board")
        self.levels = Levels()
        self.qmp = None
        self._process = None
        self._agent = None
        self._commands = itertools.count(1)
        self._began = {}
        self._results = {}
        self._gap_ns = None
        self._time_ns = 0
        #: The kernel's id of the present boot; "" while there is none.
        self.boot_id = ""
        #: Called with the guest's time in ns: every 20 ms of it, and before a line changes.
        self.on_time = lambda time_ns: None
        #: Called with a line's name and level when it changes.
        self.on_line = lambda name, level: None

    @staticmethod
    def has_kvm():
        """Whether the host's processor runs guests itself.

        A host that is a guest itself may have /dev/kvm without that; it then emulates the
        processor's start so slowly that the guest never comes up.
        """
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            flags = set(file.read().split())
        return bool(flags & {"vmx", "svm"}) and os.access("/dev/kvm", os.R_OK | os.W_OK)

    def _command(self):
        for name in ("agent", "board", "qmp"):
            path = os.path.join(self._room, name)
            if os.path.exists(path):
                os.unlink(path)
        # Translated, time is counted in instructions, of 4 ns each: however busy the host is, the
        # guest does not notice. While the guest sleeps its time passes as the host's.
        machine = (["-accel", "kvm", "-cpu", "host", "-smp", "2"] if self.has_kvm() else
                   ["-accel", "tcg", "-cpu", "max", "-smp", "1", "-icount", "shift=2"])
        return [
            "qemu-system-x86_64", *machine, "-m", "768", "-nodefaults", "-no-user-config",
            "-display", "none", "-bios", "/usr/share/qemu/qboot.rom",
            "-kernel", self._image.kernel, "-initrd", self._image.initrd,
            "-append", "root=/dev/vda rw console=ttyS0 quiet panic=0 nokaslr random.trust_cpu=on",
            "-rtc", "base=2026-01-01,clock=vm",
            "-drive", f"file={self.disk},if=virtio,format=qcow2",
            "-drive", f"file={self._payload},if=virtio,format=raw,readonly=on",
            "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={self._room}/agent,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=rig",
            "-device", "qemu-xhci,id=usb",
            "-chardev", f"socket,id=board,path={self.board_path},server=on,wait=off",
            "-device", "i6300esb", "-action", "watchdog=reset",
            "-qmp", f"unix:{self._room}/qmp,server=on,wait=off",
            "-serial", f"file:{self.console}"]

    def boot(self, with_adapter=False):
        """Power on with the disk as it is, or with the image's when there is none yet."""
        if not os.path.exists(self.disk):
            subprocess.run(
                ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", self._image.disk,
                 self.disk], check=True)
        self._start([])
        self.wait_for_boot("")
        if with_adapter:
            self._plug_adapter()

    def wake(self):
        """Goes on where the image was left after its boot: that takes seconds."""
        shutil.copy(self._image.booted, self.disk)
        # The cache may have been moved since.
        subprocess.run(
            ["qemu-img", "rebase", "-u", "-f", "qcow2", "-F", "raw", "-b", self._image.disk,
             self.disk], check=True)
        self._start(["-loadvm", "booted"])
        self.send("greet")
        self.wait_for_boot("")
        self._plug_adapter()

    def keep(self, path):
        """Keeps disk and memory as they are, for `wake`."""
        said = self.qmp.ask("human-monitor-command", **{"command-line": "savevm booted"})
        if said:
            raise Failure("savevm:", said)
        self.cut()
        shutil.move(self.disk, path)

    def _plug_adapter(self):
        # It is in the guest as long as the board is connected to its socket.
        self.qmp.ask("device_add", driver="usb-serial", bus="usb.0", chardev="board", serial="rig")

    def _start(self, options):
        self.boot_id = ""
        self.levels.forget()
        self.qmp = self._agent = None
        self._process = subprocess.Popen(
            self._command() + options, stdin=subprocess.DEVNULL, start_new_session=True)
        _prefer(self._process.pid)
        self.qmp = QMP(os.path.join(self._room, "qmp"))
        self._agent = connected(os.path.join(self._room, "agent"), 20)
        threading.Thread(target=self._listen, args=(self._agent,), daemon=True).start()

    def wait_for_boot(self, other_than):
        """Waits until the agent greets from a boot that is another one than this."""
        self.wait(lambda: self.boot_id not in ("", other_than), BOOT_S, "the guest does not boot")

    def wait(self, holds, patience, complaint):
        """Waits until `holds()`; raises Failure with the complaint."""
        end = time.monotonic() + patience
        while not holds():
            if self._process is None or self._process.poll() is not None:
                raise Failure(complaint, "QEMU has ended", self.last_words())
            if time.monotonic() > end:
                raise Failure(complaint, f"within {patience:.1f} s", self.last_words())
            time.sleep(0.005)

    def last_words(self):
        """The end of what the console said."""
        try:
            with open(self.console, encoding="utf-8", errors="replace") as file:
                return "console: " + file.read()[-600:]
        except OSError:
            return ""

    def cut(self):
        """The power is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        for connection in (self.qmp, self._agent):
            if connection is not None:
                connection.close()

    close = cut

    def now_ns(self):
        """The guest's monotonic time, as the host has last heard of it: up to 20 ms ago."""
        return self._time_ns

    def sleep(self, seconds):
        """Waits for so many seconds of the guest's time."""
        end = self._time_ns + seconds * 1e9
        self.wait(lambda: self._time_ns >= end, PATIENCE_S + 10 * seconds, "the guest stands still")

    def _listen(self, agent):
        rest = b""
        while True:
            try:
                octets = agent.recv(65536)
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
        self._agent.sendall(text.encode() + b"\n")

    def begin(self, command):
        """Has a shell in the guest run a command; gives its number."""
        number = str(next(self._commands))
        self.send(f"run {number} {urllib.parse.quote(command)}")
        return number

    def has_begun(self, number):
        """Whether a command runs."""
        return number in self._began

    def result(self, number, patience=PATIENCE_S):
        """Waits for the end of a command."""
        self.wait(lambda: number in self._results, patience, f"command {number} does not end")
        return self._results.pop(number)

    def run(self, command, patience=PATIENCE_S):
        """Runs a command in the guest and gives its result."""
        return self.result(self.begin(command), patience)

    def must(self, command, patience=PATIENCE_S):
        """Runs a command in the guest that must not fail; gives its output."""
        result = self.run(command, patience)
        if result.status != 0:
            raise Failure(f"`{command}` ended with {result.status}: {result.output}")
        return result.output

    def longest_gap_s(self):
        """The longest time for which nobody looked at the lines, since the last asking."""
        self._gap_ns = None
        self.send("gap")
        self.wait(lambda: self._gap_ns is not None, PATIENCE_S, "the agent is silent")
        return self._gap_ns / 1e9


def copy_room(room):
    """An empty directory for a guest."""
    shutil.rmtree(room, ignore_errors=True)
    os.makedirs(room)
    return room
