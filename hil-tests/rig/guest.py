"""A guest: QEMU with the image, and the agent in it that stands beside the daemon."""

import contextlib
import os
import shutil
import subprocess

from agent import PATIENCE_S, Agent  # noqa: F401
from bench import Failure
from machine import command
from qmp import ANSWER_S, QMP, connected

#: As PATIENCE_S, for a boot.
BOOT_S = 500.0
NICENESS = -10


def prefer(process):
    """A process goes before what else runs on the host, when that is permitted.

    Itself among the processes of its session, and the session among the others. QEMU is the clock
    of a trial; the board outside has to answer in time.
    """
    try:
        os.setpriority(os.PRIO_PROCESS, process, NICENESS)
        with open(f"/proc/{process}/autogroup", "w", encoding="ascii") as file:
            file.write(str(NICENESS))
    except OSError:
        pass  # Not root, or a kernel without such groups: it takes longer.


class Guest(Agent):
    """A running guest; `boot`, `wake` and `cut` are its power."""

    def __init__(self, image, payload, room):
        """In the directory `room`, which is its own."""
        super().__init__()
        self._image = image
        self._payload = payload
        self._room = room
        self.disk = os.path.join(room, "disk")
        self.console = os.path.join(room, "console.log")
        self.board_path = os.path.join(room, "board")
        self.qmp = None
        self._process = None
        self._socket = None

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
        self.qmp = self._socket = None
        for name in ("agent", "board", "qmp"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self._room, name))
        self._process = subprocess.Popen(
            command(self._image, self.disk, self._payload, self._room) + options,
            stdin=subprocess.DEVNULL, start_new_session=True)
        prefer(self._process.pid)
        self.qmp = QMP(os.path.join(self._room, "qmp"))
        self._socket = port = connected(os.path.join(self._room, "agent"), ANSWER_S)
        self.attach(lambda: port.recv(65536), port.sendall)

    def wait_for_boot(self, other_than):
        """Waits until the agent greets from a boot that is another one than this."""
        self.wait(lambda: self.boot_id not in ("", other_than), BOOT_S, "the guest does not boot")

    def has_ended(self):
        """Whether QEMU has."""
        return self._process is None or self._process.poll() is not None

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
        for connection in (self.qmp, self._socket):
            if connection is not None:
                connection.close()

    close = cut

def copy_room(room):
    """An empty directory for a guest."""
    shutil.rmtree(room, ignore_errors=True)
    os.makedirs(room)
    return room
