"""Builds the image of the guest: Debian 12 with its real-time kernel, systemd, and the lines.

All that the image is made of is in its name, so that it is built again when that has changed.
The daemon is not in it: each run installs the one that is to be tried.
"""

import glob
import hashlib
import lzma
import os
import shutil
import struct
import subprocess
import tempfile
import time

from guest import Guest
from machine import processor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CACHE = os.path.join(ROOT, ".cache", "rig")
GUEST = os.path.join(HERE, "guest")
#: A disk that has room for records and for a fault that fills it.
SIZE = "1500M"
#: The size of the second disk, with the programs: a guest that goes on must find it unchanged.
PAYLOAD_BYTES = 512 << 20
SOURCES = (
    "deb http://deb.debian.org/debian bookworm main",
    "deb http://deb.debian.org/debian-security bookworm-security main")
PACKAGES = (
    "systemd", "systemd-sysv", "udev", "dbus", "kmod", "procps", "initramfs-tools",
    # What the programs are linked with.
    "libgpiod2", "libmodbus5", "libmd0", "zlib1g", "libstdc++6", "libcurl4", "libxml2",
    # For the trials as on a real board.
    "openssh-server")
#: What no trial needs, of the three quarters of the disk that it would take.
LEFT_OUT = (
    "/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*", "/lib/modules/*/kernel/sound/*",
    *(f"/lib/modules/*/kernel/drivers/{each}/*" for each in (
        "gpu", "net", "media", "infiniband", "scsi", "staging", "iio", "bluetooth", "isdn", "mtd")))
#: What of it is needed all the same: the network to the host.
LEFT_IN = ("/lib/modules/*/kernel/drivers/net/virtio_net.ko",
           "/lib/modules/*/kernel/drivers/net/net_failover.ko")
#: What the kernel needs before it has its disk; the watchdog, so that systemd finds it at once.
#: Debian loads no watchdog by itself.
BOOT_MODULES = ("virtio_pci", "virtio_blk", "ext4", "virtio_console", "i6300esb")
#: Built out of the kernel's tree.
KERNEL_MODULES = ("rig_gpio", "rig_pwm", "rig_hang")
#: What stands beside the daemon, and what it is made of.
PROGRAMS = {"agent": ("agent.c", "wires.c"), "hang": ("hang.c",)}
NEEDED = ("qemu-system-x86_64", "qemu-img", "mmdebstrap", "mkfs.ext4", "cc", "make")


class BuildError(Exception):
    """The image cannot be built; the text says why and what would help."""


class Image:
    """A built image: where its disk, kernel and initrd are."""

    def __init__(self, directory):
        self.directory = directory
        self.disk = os.path.join(directory, "disk.ext4")
        self.kernel = os.path.join(directory, "vmlinux")
        self.initrd = os.path.join(directory, "initrd")
        #: Disk and memory of a guest after its boot.
        self.booted = os.path.join(directory, "booted.qcow2")

    def is_built(self):
        """Whether a build has come to its end."""
        return os.path.exists(os.path.join(self.directory, "built"))


def kernel_release():
    """The release of the real-time kernel whose headers are installed: 6.1.0-56-rt-amd64."""
    found = sorted(glob.glob("/usr/src/linux-headers-*-rt-amd64"), key=os.path.getmtime)
    if not found:
        raise BuildError("no headers of a real-time kernel: scripts/install-dependencies --rig")
    return os.path.basename(found[-1]).removeprefix("linux-headers-")


def image():
    """The image of this checkout and this system's kernel headers, built or not."""
    made_of = (
        SIZE, SOURCES, PACKAGES, LEFT_OUT, LEFT_IN, BOOT_MODULES, kernel_release())
    digest = hashlib.sha256(repr(made_of).encode())
    files = [os.path.abspath(__file__), os.path.join(HERE, "machine.py")]
    digest.update(repr(processor()).encode())
    for directory, names, leaves in os.walk(GUEST):
        names.sort()
        files += [os.path.join(directory, leaf) for leaf in sorted(leaves)]
    for path in files:
        with open(path, "rb") as file:
            digest.update(os.path.relpath(path, HERE).encode() + b"\0" + file.read())
    return Image(os.path.join(CACHE, digest.hexdigest()[:16]))


def build(say):
    """Builds the image unless it is there; `say` is told of each step. Raises BuildError."""
    wanted = image()
    if wanted.is_built():
        return wanted
    for program in NEEDED:
        if shutil.which(program) is None:
            raise BuildError(f"{program} is missing: scripts/install-dependencies --rig")
    if os.geteuid() != 0:
        raise BuildError("building the image needs root: it makes files of other users")
    os.makedirs(CACHE, exist_ok=True)
    room = tempfile.mkdtemp(prefix="build-", dir=CACHE)
    os.chmod(room, 0o755)
    try:
        begin = time.monotonic()
        for title, step in (
                ("kernel modules", _build_modules), ("agent", _build_agent),
                ("Debian (mmdebstrap)", _build_system), ("disk", _build_disk)):
            say(f"image: {title} ...")
            step(room)
            say(f"image: {title}, {time.monotonic() - begin:.0f} s since the begin")
        _keep(room, wanted)
        say("image: first boot ...")
        boot(wanted, room)
        say(f"image: first boot, {time.monotonic() - begin:.0f} s since the begin")
        with open(os.path.join(wanted.directory, "built"), "w", encoding="utf-8"):
            pass
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return wanted


def _run(arguments):
    """Runs a program; raises BuildError with the end of what it said."""
    done = subprocess.run(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{arguments[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def _build_modules(room):
    """The lines and the PWM of the rig, and what hangs the kernel."""
    directory = os.path.join(room, "modules")
    os.makedirs(directory)
    for name in KERNEL_MODULES:
        shutil.copy(os.path.join(GUEST, name + ".c"), directory)
    with open(os.path.join(directory, "Kbuild"), "w", encoding="utf-8") as file:
        file.write("obj-m := " + " ".join(name + ".o" for name in KERNEL_MODULES) + "\n")
    _run(["make", "-C", f"/usr/src/linux-headers-{kernel_release()}", f"M={directory}", "modules"])


def _build_agent(room):
    """What stands beside the daemon; static, so that it needs nothing of the guest."""
    for name, sources in PROGRAMS.items():
        _run(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-static", "-pthread",
              *(os.path.join(GUEST, each) for each in sources), "-o", os.path.join(room, name)])


def _build_system(room):
    """The root directory of the guest."""
    release = kernel_release()
    modules = os.path.join(room, "modules")
    hook = os.path.join(room, "customize")
    with open(hook, "w", encoding="utf-8") as file:
        file.write(f"""#!/bin/sh
set -eu
root=$1
cp -a {GUEST}/files/. "$root/"
chown -R root:root "$root/etc/systemd" "$root/etc/modules-load.d"
install -m 755 {room}/agent {room}/hang "$root/usr/local/sbin"
install -D -t "$root/lib/modules/{release}/extra" {modules}/*.ko
chroot "$root" depmod {release}
printf '/dev/vda / ext4 defaults 0 1\\n' >"$root/etc/fstab"
echo rig >"$root/etc/hostname"
: >"$root/etc/machine-id"
chroot "$root" systemctl enable rig-agent.service
chroot "$root" systemctl disable ssh.service
chroot "$root" systemctl mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer \\
    fstrim.timer e2scrub_reap.service
mkdir -p "$root/var/log/journal" "$root/rig"
""")
    early = os.path.join(room, "essential")
    with open(early, "w", encoding="utf-8") as file:
        file.write(f"""#!/bin/sh
set -eu
mkdir -p "$1/etc/initramfs-tools/conf.d"
printf 'MODULES=list\\nCOMPRESS=gzip\\n' >"$1/etc/initramfs-tools/conf.d/rig"
printf '%s\\n' {' '.join(BOOT_MODULES)} >"$1/etc/initramfs-tools/modules"
""")
    for path in (hook, early):
        os.chmod(path, 0o755)
    # In a mount namespace of its own: what is mounted there is gone with it, also when it is
    # killed, and is never in the way of what removes the directory.
    _run(["unshare", "--mount", "mmdebstrap", "--variant=minbase", "--include",
          ",".join((*PACKAGES, "linux-image-" + release)),
          *("--dpkgopt=path-exclude=" + each for each in LEFT_OUT),
          *("--dpkgopt=path-include=" + each for each in LEFT_IN), "--dpkgopt=force-confold",
          f"--essential-hook={early}", f"--customize-hook={hook}",
          "bookworm", os.path.join(room, "root"), *SOURCES])


def _build_disk(room):
    """The disk with that directory on it; the kernel beside it."""
    root = os.path.join(room, "root")
    release = kernel_release()
    with open(os.path.join(root, "boot", "vmlinuz-" + release), "rb") as file:
        packed = file.read()
    with open(os.path.join(room, "vmlinux"), "wb") as file:
        file.write(_unpacked(packed))
    shutil.copy(os.path.join(root, "boot", "initrd.img-" + release), os.path.join(room, "initrd"))
    _run(["mkfs.ext4", "-q", "-L", "rig", "-d", root, os.path.join(room, "disk.ext4"), SIZE])


def _unpacked(kernel):
    """The kernel as QEMU starts it at once; unpacking it translated takes half a minute.

    Documentation/x86/boot.rst: setup_sects, payload_offset and payload_length of the header.
    """
    offset, length = struct.unpack_from("<II", kernel, 0x248)
    begin = (kernel[0x1F1] + 1) * 512 + offset
    # What follows the compressed stream within the payload is its length, which is not needed.
    return lzma.LZMADecompressor().decompress(kernel[begin:begin + length])


def _keep(room, wanted):
    """Moves what is needed to its place; older images go."""
    for path in glob.glob(os.path.join(CACHE, "*")):
        if path != room:
            shutil.rmtree(path, ignore_errors=True)
    os.makedirs(wanted.directory)
    for name in ("disk.ext4", "vmlinux", "initrd"):
        os.rename(os.path.join(room, name), os.path.join(wanted.directory, name))


def boot(wanted, room):
    """Boots once and keeps disk and memory, so that a run need not."""
    payload = os.path.join(room, "nothing")
    with open(payload, "wb") as file:
        file.truncate(PAYLOAD_BYTES)
    guest = Guest(wanted, payload, room)
    try:
        guest.boot()
        # 1 is "degraded": what failed is not needed here.
        guest.run("systemctl is-system-running --wait; sync")
        guest.keep(wanted.booted)
    finally:
        guest.cut()
