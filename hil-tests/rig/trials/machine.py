"""What else happens on the machine: it must not reach the outputs."""

from agent import PATIENCE_S
from stand import CONFIGURATION, UNIT
from trial import trial


def beside(stand, command, seconds, what):
    """Runs a command beside the heating daemon; process and states stay as they were, and the
    heater's line, on since the plant is cold, does not pause."""
    pid = stand.main_pid()
    with stand.plant.cold():
        stand.target.longest_gap_s()
        begin = stand.target.now_ns()
        number = stand.target.begin(command)
        stand.target.sleep(seconds)
        # A guest whose processors are busy throughout takes a busy host long.
        result = stand.target.result(number, 4 * PATIENCE_S)
        now = stand.target.now_ns()
        gap = stand.target.longest_gap_s()
    stand.check(stand.main_pid() == pid, f"{what}: another process")
    loops = stand.loops()
    stand.check(all(each["state"] != "safe" for each in loops), what, loops)
    off = [(end or now) - start for level, start, end in stand.target.levels.spans("HEATER", begin)
           if level != "1" and start < now]
    stand.check(not off, f"{what}: the heater paused for", off, "ns")
    stand.note(f"{what}: {(now - begin) / 1e9:.1f} s, heater on all the time; the lines were "
               f"not looked at for {gap * 1e3:.0f} ms at most")
    return result


@trial("hogs", "a program that takes all memory, and eight that take all processors: ticks go on")
def hogs(stand):
    """The kernel kills the hog, not the daemon; the heater's line does not even pause. The hog of
    memory is a unit of its own: systemd stops the unit that one of its processes was killed of."""
    stand.heating()
    result = beside(stand, "systemd-run --wait tail /dev/zero", 1, "memory hog")
    stand.check("oom-kill" in result.output, result.output)
    hog = "for i in 1 2 3 4 5 6 7 8; do timeout 3 sh -c 'while :; do :; done' & done; wait"
    beside(stand, hog, 3, "CPU hogs")


@trial("clock-stepped", "the wall clock is set a day forward, then a year back: nothing happens")
def clock_stepped(stand):
    """All times are CLOCK_MONOTONIC."""
    stand.heating()
    step = ("date -s '+1 day' >/dev/null; sleep 1.5; date -s '-1 year' >/dev/null; sleep 1.5; "
            "date -s '+364 days' >/dev/null")
    beside(stand, step, 3, "clock stepped")


@trial(
    "disk-full",
    "the disk is full while it records: the loop goes on, says so, and records again", needs="disk")
def disk_full(stand):
    """Until nothing more can be written, even by root; then there is room again."""
    stand.heating()
    fill = ("for size in 256M 16M 1M 64K 4K; do number=0; "
            "while fallocate -l $size /var/lib/filler.$size.$number 2>/dev/null; "
            "do number=$((number+1)); done; done; sleep 4; rm /var/lib/filler.*")
    beside(stand, fill, 4, "disk full")
    stand.target.sleep(4)
    said = stand.target.must(
        f"journalctl -u {UNIT} -o cat --no-pager -n 60; ls -la /var/lib/flyball/rig/records")
    stand.check("ecord" in said, said)
    file = stand.records.written()
    begin = int(stand.target.must(f"stat -c %s {file}"))
    stand.target.sleep(3)
    stand.check(int(stand.target.must(f"stat -c %s {file}")) > begin, "records no more:", said)


@trial(
    "reload-damaged",
    "SIGHUP with a damaged model, then with broken TOML: refused as a whole, and the heater's line "
    "does not pause; then other gains are in force")
def reload_damaged(stand):
    """By `systemctl reload`, which looks first, and by the signal alone."""
    stand.heating()
    stand.put("/etc/flyball/damaged.fly", b"\x40\0\0\0\0\0\0\0{" + bytes(100))
    text = stand.wiring.configuration()
    for what, bad in (
            ("damaged model", text.replace('model = "from-pid"', 'model = "damaged.fly"')),
            ("broken TOML", text.replace('kp = "8.5 %/C"', 'kp = "8.5 %/C'))):
        stand.put(CONFIGURATION, bad.encode())
        asked = f"systemctl reload {UNIT}; kill -HUP {stand.main_pid()}; sleep 2"
        beside(stand, asked, 2, what)
        said = stand.target.must(f"journalctl -u {UNIT} -n 20 -o cat --no-pager")
        stand.check("not reloaded, the loops go on unchanged" in said, said)
    stand.put(CONFIGURATION, text.replace('kp = "8.5 %/C"', 'kp = "8 %/C"').encode())
    stand.target.must(f"systemctl reload {UNIT}")
    stand.wait(
        lambda: ": reloaded: " in stand.target.must(
            f"journalctl -u {UNIT} -n 20 -o cat --no-pager"), "good gains are not taken")
