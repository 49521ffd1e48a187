"""A disk of its own that can be filled and freed."""

import os
import subprocess

from bench import Skipped


class SmallDisk:
    """A tmpfs on a new directory; a context manager that unmounts it.

    Raises Skipped where nobody may mount.
    """

    def __init__(self, directory, kibibytes):
        self.directory = directory
        self._kibibytes = kibibytes
        self._ballast = os.path.join(directory, "ballast")

    def __enter__(self):
        os.makedirs(self.directory)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={self._kibibytes}k,mode=755", "tmpfs",
             self.directory], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Skipped(
                f"a small disk cannot be mounted ({done.stderr.strip()}): run as root in a "
                "container or machine that allows mount; record-file-limit needs no such right")
        return self

    def __exit__(self, *_):
        # Lazily, so that a record still open somewhere does not keep the directory from going.
        subprocess.run(["umount", "-l", self.directory], check=True)

    def fill(self):
        """Takes every free byte."""
        with open(self._ballast, "wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue

    def free(self):
        """Gives them back."""
        os.remove(self._ballast)
