"""The kernel hangs, or the power is gone."""

import time

from agent import PATIENCE_S
from trial import trial

#: RuntimeWatchdogSec= of docs/service.md is 10 s. The clock that goes on through a reset counts
#: whole seconds, and from the reset to the kernel's own clock it takes one more.
HARDWARE_S = 10.0 + 1.0 + 1.0
#: A processor that spins for so long has to be translated.
HANG_PATIENCE_S = 4 * PATIENCE_S
#: Before and after a record is forced to the disk for the first time.
EARLY_S, LATE_S = 0.5, 8.0
#: docs/service.md: a record lacks at most so much after a cut.
UNFORCED_S = 6.0
PERIOD_S = 0.1
CLOCK = "cat /sys/class/rtc/rtc0/since_epoch"


def comes_back(stand, before):
    """After a reset or at power-up: no line was driven before the service, and it heats again."""
    stand.plant.wave_again()
    stand.wait_heating()
    spans = stand.target.levels.spans("HEATER", 0)
    stand.check(spans[0][0] == "0", "the heater's line came up as", spans[0])
    stand.note(f"HEATER first on {(spans[0][2] - spans[0][1]) / 1e9:.1f} s after the lines came up")
    said = stand.target.must(f"flyball replay {before}")
    stand.check("bit for bit" in said, "the record before:", said)


def reset_by_hardware(stand, command, what):
    """A kernel that hangs is reset by the i6300esb, within what systemd has armed it for."""
    stand.heating()
    stand.target.sleep(2)
    boot, before = stand.target.boot_id, stand.records.written()
    hung = int(stand.target.must("sync; " + CLOCK))
    begin = time.monotonic()
    stand.target.begin(command)
    reset = stand.target.qmp.event("WATCHDOG", begin, HANG_PATIENCE_S)
    stand.check(reset is not None, "no reset")
    stand.target.wait_for_boot(boot)
    clock = stand.target.must(CLOCK + "; cut -d' ' -f1 /proc/uptime").split()
    seconds = int(clock[0]) - float(clock[1]) - hung
    stand.check_took(seconds, HARDWARE_S, f"{what}: the kernel began anew, by the battery's clock,")
    comes_back(stand, before)


@trial(
    "kernel-panic",
    "the kernel crashes and stands: the hardware watchdog resets, lines come up safe, the service"
    " heats again", needs="reset")
def kernel_panic(stand):
    """panic=0, so that nothing but the hardware helps."""
    reset_by_hardware(stand, "echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger", "panic")


@trial("kernel-hang", "every processor spins with interrupts off: the same", needs="reset")
def kernel_hang(stand):
    """No handler and no software watchdog can run."""
    reset_by_hardware(stand, "modprobe rig_hang", "hang")


@trial(
    "power-cut",
    "the power is cut while it heats, soon after its start and later, and comes back: lines come up "
    "safe, the record is read to its torn tail, the service heats again", needs="power")
def power_cut(stand):
    """QEMU is killed; the disk has what was forced to it, and perhaps more."""
    stand.heating()
    for seconds in EARLY_S, LATE_S:
        stand.target.sleep(seconds)
        before = stand.records.written()
        ticks = stand.ticks()
        stand.board.unplug()
        stand.target.cut()
        stand.board.level = 0.0
        stand.power_on()
        comes_back(stand, before)
        replayed = stand.records.replay(before)
        lacks_s = (ticks - replayed["ticks"] / len(replayed["loops"])) * PERIOD_S
        stand.check(lacks_s <= UNFORCED_S, f"the record lacks {lacks_s:.1f} s:", replayed)
        stand.note(f"of {ticks * PERIOD_S:.1f} s before the cut the record lacks {lacks_s:.1f} s")
