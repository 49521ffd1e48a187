"""The machine that QEMU makes for the guest."""

import os

#: One instruction, as a power of two in ns, where the guest is translated: 4 ns. That is a slower
#: board than those that the daemon is for (about 1 ns), but with less a kernel that spins until the
#: watchdog's limit would keep a host busy for minutes.
INSTRUCTION_SHIFT = 2


def has_kvm():
    """Whether the host's processor runs guests itself.

    A host that is a guest itself may have /dev/kvm without that; it then emulates the processor's
    start so slowly that the guest never comes up.
    """
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = set(file.read().split())
    return bool(flags & {"vmx", "svm"}) and os.access("/dev/kvm", os.R_OK | os.W_OK)


def processor():
    """The options for the processor.

    Translated, the guest's time is counted in instructions: however busy the host is, the guest
    does not notice. While the guest sleeps its time passes as the host's.
    """
    if has_kvm():
        return ["-accel", "kvm", "-cpu", "host", "-smp", "2"]
    return ["-accel", "tcg", "-cpu", "max", "-smp", "1", "-icount", f"shift={INSTRUCTION_SHIFT}"]


def command(image, disk, payload, room):
    """The command line: sockets `agent`, `board` and `qmp`, and `console.log`, are in `room`."""
    return [
        "qemu-system-x86_64", *processor(), "-m", "768", "-nodefaults", "-no-user-config",
        "-display", "none", "-bios", "/usr/share/qemu/qboot.rom",
        "-kernel", image.kernel, "-initrd", image.initrd, "-append",
        "root=/dev/vda rw console=ttyS0 quiet panic=0 nokaslr random.trust_cpu=on",
        "-rtc", "base=2026-01-01,clock=vm",
        # What the guest forces to its disk goes to this host's kernel, which outlives a killed QEMU, and not
        # to this host's own disk, which may be busy for seconds.
        "-drive", f"file={disk},if=virtio,format=qcow2,cache=unsafe",
        "-drive", f"file={payload},if=virtio,format=raw,readonly=on",
        "-device", "virtio-serial-pci",
        "-chardev", f"socket,id=agent,path={room}/agent,server=on,wait=off",
        "-device", "virtserialport,chardev=agent,name=rig",
        "-device", "qemu-xhci,id=usb",
        "-chardev", f"socket,id=board,path={room}/board,server=on,wait=off",
        # Without a way out; a port of the host is given to it only when it is asked for.
        "-netdev", "user,id=net,restrict=on", "-device", "virtio-net-pci,netdev=net",
        "-device", "i6300esb", "-action", "watchdog=reset",
        "-qmp", f"unix:{room}/qmp,server=on,wait=off",
        "-serial", f"file:{room}/console.log"]
