"""The kernel hangs, or the power is gone."""

import time

from guest import PATIENCE_S
from trial import trial

#: RuntimeWatchdogSec= of docs/service.md is 10 s. The clock that goes on through a reset counts
#: whole seconds, and from the reset to the kernel's own clock it takes one more.
HARDWARE_S = 10.0 + 1.0 + 1.0
CLOCK = "cat /sys/class/rtc/rtc0/since_epoch"


def comes_back(stand, before):
    """After a reset or at power-up: no line was driven before the service, and it heats again."""
    stand.plant.wave_again()
    stand.wait_heating()
    spans = stand.guest.levels.spans("HEATER", 0)
    stand.check(spans[0][0] == "0", "the heater's line came up as", spans[0])
    stand.note(f"HEATER first on {(spans[0][2] - spans[0][1]) / 1e9:.1f} s after the lines came up")
    said = stand.guest.must(f"flyball replay {before}")
    stand.check("bit for bit" in said, "the record before:", said)


def newest_record(stand):
    """The file that is being written."""
    return stand.guest.must("ls -t /var/lib/flyball/rig/records/*.mcap | head -1").strip()


def reset_by_hardware(stand, command, what):
    """A kernel that hangs is reset by the i6300esb, within what systemd has armed it for."""
    stand.heating()
    stand.guest.sleep(2)
    boot, before = stand.guest.boot_id, newest_record(stand)
    hung = int(stand.guest.must("sync; " + CLOCK))
    begin = time.monotonic()
    stand.guest.begin(command)
    reset = stand.guest.qmp.event("WATCHDOG", begin, PATIENCE_S)
    stand.check(reset is not None, "no reset")
    stand.guest.wait_for_boot(boot)
    clock = stand.guest.must(CLOCK + "; cut -d' ' -f1 /proc/uptime").split()
    seconds = int(clock[0]) - float(clock[1]) - hung
    stand.note(f"{what}: the kernel began anew {seconds:.1f} s later, by the battery's clock")
    stand.check(seconds <= HARDWARE_S, "reset after", seconds)
    comes_back(stand, before)


@trial(
    "kernel-panic",
    "the kernel crashes and stands: the hardware watchdog resets, lines come up safe, the service"
    " heats again")
def kernel_panic(stand):
    """panic=0, so that nothing but the hardware helps."""
    reset_by_hardware(stand, "echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger", "panic")


@trial("kernel-hang", "every processor spins with interrupts off: the same")
def kernel_hang(stand):
    """No handler and no software watchdog can run."""
    reset_by_hardware(stand, "modprobe rig_hang", "hang")


@trial(
    "power-cut",
    "the power is cut while it heats, and comes back: lines come up safe, the record is read to "
    "its torn tail, the service heats again")
def power_cut(stand):
    """QEMU is killed; the disk is as it was at that moment."""
    stand.heating()
    stand.guest.sleep(3)
    before = newest_record(stand)
    stand.board.unplug()
    stand.guest.cut()
    stand.board.level = 0.0
    stand.power_on()
    comes_back(stand, before)
