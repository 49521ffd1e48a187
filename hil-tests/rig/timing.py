#!/usr/bin/env python3
"""Compares how late ticks begin with cyclictest, in a virtual machine whose time counts instructions.

Three loops at 1 kHz (`flyball latency`, and `flyballd` on GPIO lines, PWM and temperatures) and cyclictest, each alone
at SCHED_FIFO 80 on the rig's real-time kernel, quiet and beside hackbench. 2 ns a guest's instruction, whatever
the host does: so it is run twice at once, and must print the same bytes.

Exit codes: 0 measured and the same each time, whatever the targets say; 1 not the same; 2 usage; 69 something that is
needed is missing, or the guest has failed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

# pylint: disable=wrong-import-position
from bench import Failure  # noqa: E402
from image import ROOT, BuildError, build  # noqa: E402
from initramfs import Initramfs  # noqa: E402
from timing_report import NAMES, NS_AN_INSTRUCTION, figures, rows  # noqa: E402

FILES = os.path.join(HERE, "timing")
OWN_PROGRAMS = ("insert", "spin")
#: Of the host's time; a run of the default length takes some minutes.
PATIENCE_S = 3600


def parse_options():
    """The command line; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--build-dir", default=os.path.join(ROOT, ".build", "release"), metavar="DIR",
        help="where flyballd and flyball are (.build/release)")
    parser.add_argument(
        "--quiet-s", type=int, default=20, metavar="S",
        help="seconds of each quiet measurement (20)")
    parser.add_argument(
        "--loaded-s", type=int, default=5, metavar="S",
        help="seconds of each measurement beside hackbench (5)")
    parser.add_argument("--repetitions", type=int, default=2, metavar="N", help="runs (2)")
    parser.add_argument("--json", action="store_true", help="prints JSON")
    parser.add_argument("--keep", metavar="DIR", help="keeps what each run has printed there")
    options = parser.parse_args()
    if min(options.quiet_s, options.loaded_s, options.repetitions) < 1:
        parser.error("seconds and repetitions begin at 1")
    return options


def say(text):
    """Progress, beside the results."""
    print(text, file=sys.stderr, flush=True)


def make_system(options, image, room):
    """The guest's system in one file."""
    module = os.path.join(room, "rig_gpio.ko")
    release = subprocess.run(
        ["debugfs", "-R", "ls -p /lib/modules", image.disk], check=True, capture_output=True,
        text=True).stdout
    names = [line.split("/")[5] for line in release.split("\n") if line.count("/") > 5]
    name = next(each for each in names if not each.startswith("."))
    subprocess.run(
        ["debugfs", "-R", f"dump /lib/modules/{name}/extra/rig_gpio.ko {module}", image.disk],
        check=True, capture_output=True)
    plan = os.path.join(room, "plan")
    for name in OWN_PROGRAMS:
        subprocess.run(
            ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-static",
             os.path.join(FILES, name + ".c"), "-o", os.path.join(room, name)], check=True)
    with open(plan, "w", encoding="utf-8") as file:
        file.write(f"QUIET_S={options.quiet_s}\nLOADED_S={options.loaded_s}\n")
    system = Initramfs()
    for program in ("sh", "mount", "mkdir", "cat", "grep", "rm", "sleep", "cyclictest",
                    "hackbench"):
        system.add_program(program)
    for program in OWN_PROGRAMS:
        system.add_program(os.path.join(room, program))
    for program in ("flyball", "flyballd"):
        system.add_program(os.path.join(os.path.abspath(options.build_dir), program))
    system.add("init", os.path.join(FILES, "init"), executable=True)
    system.add("three.toml", os.path.join(FILES, "three.toml"))
    system.add("plan", plan)
    system.add("rig_gpio.ko", module)
    path = os.path.join(room, "system.cpio")
    system.write(path)
    return path


def command(image, system, console):
    """Nothing of the host reaches the guest but these files: no clock, no chance, no socket."""
    return [
        "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max,-rdrand,-rdseed", "-smp", "1",
        "-icount", f"shift={NS_AN_INSTRUCTION.bit_length() - 1},sleep=off", "-seed", "1",
        "-m", "768", "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none",
        "-rtc", "base=2026-01-01,clock=vm", "-bios", "/usr/share/qemu/qboot.rom",
        "-kernel", image.kernel, "-initrd", system, "-append",
        # What mitigates Intel's faults would be most of a system call; the boards have processors without.
        "console=ttyS0 quiet nokaslr tsc=reliable panic=-1 random.trust_cpu=on mitigations=off",
        "-serial", f"file:{console}"]


def run(image, system, room, repetitions):
    """Runs the guest so often, all at once; gives what each has printed."""
    consoles = [os.path.join(room, f"console-{number + 1}") for number in range(repetitions)]
    begin = time.monotonic()
    guests = [
        subprocess.Popen(
            command(image, system, console), stdin=subprocess.DEVNULL, start_new_session=True)
        for console in consoles]
    try:
        while any(guest.poll() is None for guest in guests):
            if time.monotonic() > begin + PATIENCE_S:
                raise Failure(f"the guests have not ended within {PATIENCE_S} s")
            time.sleep(1)
            say_where(consoles, time.monotonic() - begin)
    finally:
        for guest in guests:
            guest.kill()
            guest.wait()
    say("")
    texts = [text_of(console) for console in consoles]
    for text in texts:
        if "\nall measured\n" not in text:
            raise Failure(f"a guest has not come to its end: {text[-2000:]}")
    return texts


def text_of(console):
    """What a guest has printed so far."""
    try:
        with open(console, encoding="utf-8", errors="replace") as file:
            return file.read().replace("\r\n", "\n")
    except FileNotFoundError:
        return ""


def say_where(consoles, seconds):
    """Progress in one line."""
    marks = [re.findall(r"^begin (.*)$", text_of(console), re.M) for console in consoles]
    places = "; ".join(found[-1] if found else "boots" for found in marks)
    print(f"\r{seconds:4.0f} s: {places:60}", end="", file=sys.stderr, flush=True)


def show(measured, same, repetitions):
    """Prints the table."""
    for (name, load), found in measured.items():
        words = f"{name}, {load}: {found['ticks']} ticks"
        if "step" in found:
            worst = found["step"][-1]
            words += (f", {found['missed']} periods missed, page faults {found['page_faults']}; "
                      f"a tick computes at most {worst // NS_AN_INSTRUCTION} instructions "
                      f"({worst / 1000:.1f} us)")
        print(words)
    print(f"\n{'lateness in us':34} {'cyclictest':>10} {'flyball':>10} {'ratio':>7}  target")
    for row in rows(measured):
        print(f"{row['program'] + ', ' + row['load']:24} {row['percentile']:9} "
              f"{row['cyclictest_ns'] / 1000:10.2f} {row['lateness_ns'] / 1000:10.2f} "
              f"{row['ratio']:6.2f}x  {row['limit']}x: {'met' if row['met'] else 'MISSED'}")
    print(f"\n{repetitions} runs: " + (
        "the same bytes each time" if same else "NOT the same, so the figures say nothing"))


def main():
    """Builds, runs, compares."""
    options = parse_options()
    room = tempfile.mkdtemp(prefix="flyball-timing-")
    if options.keep:
        room = os.path.abspath(options.keep)
        os.makedirs(room, exist_ok=True)
    try:
        image = build(say)
        system = make_system(options, image, room)
        texts = run(image, system, room, options.repetitions)
        measured = figures(texts[0])
    except (BuildError, Failure, subprocess.CalledProcessError, OSError) as failure:
        say(f"timing: {failure}")
        return 69
    same = all(text == texts[0] for text in texts)
    if options.json:
        print(json.dumps({
            "identical": same, "runs": len(texts), "ns_per_instruction": NS_AN_INSTRUCTION,
            "percentiles": NAMES,
            "measured": [{"program": name, "load": load, **found}
                         for (name, load), found in measured.items()],
            "comparison": list(rows(measured))}, indent=2))
    else:
        show(measured, same, len(texts))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
