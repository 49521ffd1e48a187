"""A guest: QEMU with the image, and the agent in it that watches the lines from beside the daemon."""

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

#: From power to the agent's first word, in seconds. Without KVM a boot takes half a minute on a quiet machine.
BOOT_S = 240.0
#: QEMU goes before what else runs on the host, when that is permitted: its stalls are the guest's.
NICENESS = -10


class Result:
    """What a command in the guest came to. Times are the guest's monotonic nanoseconds."""

    def __init__(self, begin_ns, end_ns, status, output):
        self.begin_ns = begin_ns
        self.end_ns = end_ns
        self.status = status
        self.output = output


class Guest:
    """A running guest; `start`, `cut` and `close` are its power."""

    def __init__(self, image, payload, room):
        """A disk of its own, copied from the image, in the directory `room`."""
        self._image = image
        self._payload = payload
        self._room = room
        self.disk = os.path.join(room, "disk")
        subprocess.run(
            ["cp", "--reflink=auto", "--sparse=always", image.disk, self.disk], check=True)
        self.console = os.path.join(room, "console.log")
        self.levels = Levels()
        self.qmp = None
        self.board_path = os.path.join(room, "board")
        self._process = None
        self._agent = None
        self._commands = itertools.count(1)
        self._began = {}
        self._results = {}
        self._gap_ns = None
        #: The kernel's id of the present boot; "" while there is none.
        self.boot = ""
        #: Called with a line's name and level when it changes.
        self.on_line = lambda name, level: None
        #: The guest's time minus the host's, in nanoseconds.
        self._offset_ns = 0

    @staticmethod
    def has_kvm():
        """Whether the host can run guests without translating them."""
        return os.access("/dev/kvm", os.R_OK | os.W_OK)

    def _command(self):
        for name in ("agent", "board", "qmp"):
            path = os.path.join(self._room, name)
            if os.path.exists(path):
                os.unlink(path)
        accelerator = ["-accel", "kvm", "-cpu", "host"] if self.has_kvm() else ["-accel", "tcg", "-cpu", "max"]
        return [
            "qemu-system-x86_64", *accelerator, "-smp", "2", "-m", "768", "-nodefaults", "-no-user-config",
            "-display", "none", "-kernel", self._image.kernel, "-initrd", self._image.initrd,
            "-append", "root=/dev/vda rw console=ttyS0 quiet panic=0 systemd.show_status=0",
            "-drive", f"file={self.disk},if=virtio,format=raw",
            "-drive", f"file={self._payload},if=virtio,format=raw,readonly=on",
            "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={self._room}/agent,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=rig",
            # The adapter is in the guest as long as the board is connected to the socket.
            "-device", "qemu-xhci,id=usb",
            "-chardev", f"socket,id=board,path={self.board_path},server=on,wait=off",
            "-device", "usb-serial,bus=usb.0,chardev=board,serial=rig",
            "-device", "i6300esb", "-action", "watchdog=reset",
            "-qmp", f"unix:{self._room}/qmp,server=on,wait=off",
            "-serial", f"file:{self.console}"]

    def start(self):
        """Power on, and waits for the agent."""
        self.boot = ""
        self.levels.forget()
        self._process = subprocess.Popen(self._command(), stdin=subprocess.DEVNULL)
        try:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)
        except PermissionError:
            pass
        self.qmp = QMP(os.path.join(self._room, "qmp"))
        self._agent = connected(os.path.join(self._room, "agent"), 20)
        threading.Thread(target=self._listen, args=(self._agent,), daemon=True).start()
        self.wait_for_boot("")

    def wait_for_boot(self, other_than):
        """Waits until the agent greets from a boot that is another one than this."""
        self.wait(lambda: self.boot not in ("", other_than), BOOT_S, "the guest does not boot")

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
            self.qmp.close()
            self._agent.close()

    close = cut

    def now_ns(self):
        """The guest's monotonic time, as far as the host knows it: late by a message's time."""
        return time.monotonic_ns() + self._offset_ns

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
            self._offset_ns = int(words[1]) - time.monotonic_ns()
            if words[2] != self.boot:
                self.levels.forget()
            self.boot = words[2]
        elif words[0] == "line" and len(words) == 4:
            self.levels.take(words[2], words[3], int(words[1]))
            self.on_line(words[2], words[3])
        elif words[0] == "began" and len(words) == 3:
            self._began[words[2]] = int(words[1])
        elif words[0] == "ended" and len(words) == 5:
            self._results[words[2]] = Result(
                self._began.pop(words[2]), int(words[1]), int(words[3]), urllib.parse.unquote(words[4]))
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

    def result(self, number, patience=60.0):
        """Waits for the end of a command."""
        self.wait(lambda: number in self._results, patience, f"command {number} does not end")
        return self._results.pop(number)

    def run(self, command, patience=60.0):
        """Runs a command in the guest and gives its result."""
        return self.result(self.begin(command), patience)

    def must(self, command, patience=60.0):
        """Runs a command in the guest that must not fail; gives its output."""
        result = self.run(command, patience)
        if result.status != 0:
            raise Failure(f"`{command}` ended with {result.status}: {result.output}")
        return result.output

    def longest_gap_s(self):
        """The longest time for which nobody looked at the lines, since the last asking."""
        self._gap_ns = None
        self.send("gap")
        self.wait(lambda: self._gap_ns is not None, 20, "the agent is silent")
        return self._gap_ns / 1e9


def copy_room(room):
    """An empty directory for a guest."""
    shutil.rmtree(room, ignore_errors=True)
    os.makedirs(room)
    return room
