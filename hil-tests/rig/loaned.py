"""A guest that is kept running and lent out: a stand-in for a board that is reached by ssh."""

import os
import shutil
import signal
import socket
import subprocess
import sys

from agent import PATIENCE_S
from guest import Guest, copy_room
from image import build
from payload import make_payload
from runner import say
from wiring import SERIAL, GuestWiring

WIRING = """# Of a guest that `rig.py guest` has started.
[board]
serial = "{serial}"
lines = {{ HEATER = "HEATER", FAN = "FAN", TACH = "TACH", ESTOP = "ESTOP" }}

[reader.lines]
HEATER = "gpiochip0:4"
FAN = "gpiochip0:5"
TACH = "gpiochip0:6"
ESTOP = "gpiochip0:7"

[host]
serial = "unix:{board}"
"""


def free_port():
    """A port of this host that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lend(options):
    """Starts the guest with the service and ssh in it, says how to reach it, and waits for SIGINT
    or SIGTERM; gives the exit code."""
    directory = os.path.abspath(options.directory)
    os.makedirs(directory, exist_ok=True)
    room = copy_room(os.path.join(directory, "guest"))
    image = build(say)
    guest = Guest(image, make_payload(os.path.abspath(options.build_dir), room), room)
    wiring = GuestWiring(guest.board_path)
    # As SIGINT, it ends this at any time, and the guest with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        say("guest: goes on from its boot, and has the service installed ...")
        guest.wake()
        guest.must(wiring.install, PATIENCE_S)
        port, key = _open_door(guest, directory)
        file = os.path.join(directory, "wiring.toml")
        with open(file, "w", encoding="utf-8") as text:
            text.write(WIRING.format(serial=SERIAL, board=wiring.board))
        say("guest: is up until this is interrupted. Its own trials:")
        print(f"python3 hil-tests/rig/rig.py run --target ssh:root@127.0.0.1 --wiring {file} "
              f"--ssh-option=-p{port} --ssh-option=-i{key} "
              "--ssh-option=-oStrictHostKeyChecking=no --ssh-option=-oUserKnownHostsFile=/dev/null "
              "--ssh-option=-oLogLevel=ERROR", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        guest.close()
        shutil.rmtree(room, ignore_errors=True)
    return 0


def _open_door(guest, directory):
    """Has the guest listen to ssh on a port of this host, for a new key alone."""
    key = os.path.join(directory, "key")
    for path in (key, key + ".pub"):
        if os.path.exists(path):
            os.unlink(path)
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "rig", "-f", key], check=True)
    with open(key + ".pub", encoding="ascii") as file:
        public = file.read().strip()
    guest.must(
        f"mkdir -p -m 700 ~root/.ssh && echo '{public}' >~root/.ssh/authorized_keys && "
        "systemctl start systemd-networkd ssh", PATIENCE_S)
    port = free_port()
    said = guest.qmp.ask(
        "human-monitor-command", **{"command-line": f"hostfwd_add net tcp:127.0.0.1:{port}-:22"})
    guest.wait(lambda: not said, 0.0, f"QEMU forwards no port: {said}")
    return port, key
