"""The kernel hangs, or the power is gone."""

import time

from bench import check
from trial import trial

#: RuntimeWatchdogSec= of docs/service.md, the hardware's limit, and a second for its clock.
HARDWARE_S = 10.0 + 1.0


def comes_back(stand, boot, begin):
    """After a reset or at power-up: no line was driven before the service, and it heats again."""
    stand.guest.wait_for_boot(boot)
    stand.wait_heating(120)
    back = time.monotonic() - begin
    spans = stand.guest.levels.spans("HEATER", 0)
    check(spans[0][0] == "0", "the heater's line came up as", spans[0])
    # Half a second: the service cannot have started sooner after the agent.
    stand.note(f"HEATER first on {(spans[0][2] - spans[0][1]) / 1e9:.1f} s after the agent's start; heats again "
               f"{back:.0f} s after the fault")
    kept = stand.guest.must(
        "for file in $(ls -t /var/lib/flyball/rig/records/*.mcap | sed -n 2,2p); do "
        "flyball replay $file || exit 1; done", 120)
    check("same" in kept or "identical" in kept or "match" in kept, "the record before:", kept)


def reset_by_hardware(stand, command, what):
    """A kernel that hangs is reset by the i6300esb within the time that systemd has armed it for."""
    stand.heating()
    time.sleep(2)
    boot = stand.guest.boot
    begin = time.monotonic()
    stand.guest.begin(command)
    reset = stand.guest.qmp.event("WATCHDOG", begin, HARDWARE_S + 15)
    check(reset is not None, "no reset", stand.guest.last_words())
    stand.note(f"{what}: reset by the hardware after {reset - begin:.1f} s")
    check(reset - begin <= HARDWARE_S, "reset after", reset - begin)
    comes_back(stand, boot, begin)


@trial("kernel-panic", "the kernel crashes and stands: the hardware watchdog resets, lines come up safe, the service "
       "heats again")
def kernel_panic(stand):
    """panic=0, so that nothing but the hardware helps."""
    reset_by_hardware(stand, "sync; echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger", "panic")


@trial("kernel-hang", "every processor spins with interrupts off: the same")
def kernel_hang(stand):
    """No handler and no software watchdog can run."""
    reset_by_hardware(stand, "sync; modprobe rig_hang", "hang")


@trial("power-cut", "the power is cut while it heats, and comes back: lines come up safe, the record is read to its "
       "torn tail, the service heats again")
def power_cut(stand):
    """QEMU is killed; the disk is as it was at that moment."""
    for _ in range(1 if stand.is_short else 3):
        stand.heating()
        time.sleep(3)
        boot = stand.guest.boot
        begin = time.monotonic()
        stand.board.unplug()
        stand.guest.cut()
        stand.board.level = 0.0
        stand.power_on()
        comes_back(stand, boot, begin)
