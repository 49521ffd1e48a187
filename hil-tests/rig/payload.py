"""What is tried: the built programs, what they are linked with, and scripts/install."""

import os
import re
import shutil
import subprocess

from bench import Failure
from image import HERE, PAYLOAD_BYTES, ROOT


def make_payload(build, room):
    """A disk with the programs of `build`, scripts/install and the rig's configuration."""
    tree = os.path.join(room, "payload")
    for name in ("scripts", "systemd", "configs"):
        shutil.copytree(os.path.join(ROOT, name), os.path.join(tree, name))
    shutil.copy(os.path.join(HERE, "rig.toml"), tree)
    os.makedirs(os.path.join(tree, "bin"))
    os.makedirs(os.path.join(tree, "lib"))
    for program in ("flyballd", "flyball"):
        path = os.path.join(build, program)
        if not os.access(path, os.X_OK):
            raise Failure(f"{build} has no {program}: swift build, or --build-dir")
        shutil.copy(path, os.path.join(tree, "bin"))
        for library in _libraries_of_swift(path):
            shutil.copy(library, os.path.join(tree, "lib"))
    disk = os.path.join(room, "payload.ext4")
    subprocess.run(
        ["mkfs.ext4", "-q", "-d", tree, disk, f"{PAYLOAD_BYTES >> 10}k"], check=True,
        stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return disk


def _libraries_of_swift(program):
    """What a program needs from the toolchain; Debian's own libraries are in the image."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    paths = re.findall(r"=> (/\S+)", listed)
    return [path for path in paths if not path.startswith(("/lib", "/usr/lib"))]
