"""How a machine under test is wired to what stands around it: the guest, or a board of a file."""

import os
import tomllib

from bench import Failure
from image import HERE
from trial import HANDS

#: As the rig's configuration has them.
SERIAL = "/dev/serial/by-id/usb-QEMU_QEMU_USB_SERIAL_rig-if00-port0"
LINES = ("HEATER", "FAN", "TACH", "ESTOP")


def base_configuration():
    """rig.toml, as it is in the guest."""
    with open(os.path.join(HERE, "rig.toml"), encoding="utf-8") as file:
        return file.read()


class GuestWiring:
    """Of the virtual machine: all hands are there."""

    hands = frozenset(HANDS)
    #: The service is installed as a user does it.
    install = (
        "mkdir -p /rig /usr/local/lib/swift && mount -o ro /dev/vdb /rig && "
        "cp -r /rig/lib/. /usr/local/lib/swift && "
        "echo /usr/local/lib/swift >/etc/ld.so.conf.d/swift.conf && ldconfig && "
        "cd /rig && BINARIES=/rig/bin scripts/install")
    configuration = staticmethod(base_configuration)

    def __init__(self, board):
        """`board` is the socket that is the serial adapter in the guest."""
        self.board = board


class BoardWiring:
    """Of a board that is reached by ssh, as a TOML file says it; board-rig.toml explains it."""

    hands = frozenset()
    #: scripts/install has been run there by the user.
    install = "systemctl cat {unit} >/dev/null && command -v flyball hang"

    def __init__(self, path):
        """Raises Failure when the file does not say what is needed."""
        try:
            with open(path, "rb") as file:
                said = tomllib.load(file)
            #: The port on this host that is wired to the daemon's serial line; or unix:PATH.
            self.board = said["host"]["serial"]
            self.serial = said["board"]["serial"]
            self.lines = {name: said["board"]["lines"][name] for name in LINES}
            #: The lines of the reader, NAME=CHIP:OFFSET; "" is the board itself.
            self.reader = said["reader"].get("target", "")
            self.seen = [f"{name}={said['reader']['lines'][name]}" for name in LINES]
        except OSError as error:
            raise Failure(f"{path}: {error.strerror}") from None
        except tomllib.TOMLDecodeError as error:
            raise Failure(f"{path}: {error}") from None
        except KeyError as error:
            raise Failure(f"{path} does not say {error.args[0]}; see board-rig.toml") from None

    def configuration(self):
        """The rig's, with the names that the board has."""
        text = base_configuration().replace(SERIAL, self.serial)
        for name, line in self.lines.items():
            text = text.replace(f'channel = "{name}"', f'channel = "{line}"')
        return text
