"""A guest's whole system in one file that the kernel unpacks into memory: programs and their libraries."""

import os
import re
import shutil
import stat
import subprocess

from image import BuildError


class Initramfs:
    """Files by their path in the guest."""

    def __init__(self):
        self._files = {}
        #: Where the kernel puts its first console before `init` has mounted anything.
        self._directories = {"dev", "proc", "sys", "tmp"}

    def add(self, path, source, executable=False):
        """A file of the host as `path`, without the first slash."""
        self._directories.update(_parents(path))
        self._files[path] = (source, 0o755 if executable else 0o644)

    def add_program(self, source, name=None):
        """A program of the host under /bin, with the libraries that it is linked with."""
        found = source if os.path.sep in source else shutil.which(source)
        if found is None or not os.access(found, os.X_OK):
            raise BuildError(f"{source} is missing: scripts/install-dependencies --rig")
        self.add("bin/" + (name or os.path.basename(source)), found, executable=True)
        listed = subprocess.run(["ldd", found], capture_output=True, text=True, check=False).stdout
        if "not found" in listed:
            raise BuildError(f"{found}: a library is missing:\n{listed}")
        for library, loader in re.findall(r"=> (/\S+)|^\s+(/\S+) \(", listed, re.M):
            if library:
                self.add("lib/" + os.path.basename(library), library, executable=True)
            else:
                self.add(loader.lstrip("/"), loader, executable=True)

    def write(self, path):
        """Writes the archive; the same files give the same bytes."""
        with open(path, "wb") as file:
            number = 0
            for name in sorted(self._directories):
                number += 1
                file.write(_entry(number, name, stat.S_IFDIR | 0o755, b""))
            for name, (source, mode) in sorted(self._files.items()):
                number += 1
                with open(source, "rb") as content:
                    file.write(_entry(number, name, stat.S_IFREG | mode, content.read()))
            file.write(_entry(0, "TRAILER!!!", 0, b""))


def _parents(path):
    """Every directory above a path."""
    parts = path.split("/")[:-1]
    return {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}


def _entry(number, name, mode, content):
    """One file of the format "newc": thirteen numbers of eight hexadecimal digits, name, content.

    Documentation/driver-api/early-userspace/buffer-format.rst.
    """
    numbers = (number, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + b"".join(b"%08x" % each for each in numbers) + name.encode() + b"\0"
    return _padded(head) + _padded(content)


def _padded(octets):
    """Ends at a multiple of four bytes."""
    return octets + b"\0" * (-len(octets) % 4)
