"""Records under trouble: whatever becomes of the disk, the loop goes on."""

import os
import re
import time

from bench import check, wait_until_heating
from lab_config import LabConfig, simulated_config
from small_disk import SmallDisk

from .faults import SCHEDULING, inject, recovered
from .scenario import scenario

#: A chunk is written when its first tick is a second old.
CHUNK_S = 1.0
#: A failed record begins a new file so often, on the loop's clock.
RETRY_S = 5.0
#: The smallest `max_file_mb`.
MEBIBYTE = 1 << 20


def account(daemon, replay):
    """(recorded, files, lost) as the daemon printed at its end, which the record must bear out.

    Every tick of the run is in the record, said to be lost, or was missed by the clock.
    """
    found = re.search(
        r"missed periods (\d+)\n.*record: (\d+) ticks in (\d+) files, (\d+) lost",
        daemon.printed(), re.DOTALL)
    check(found, "no summary of the record:", daemon.printed())
    missed, recorded, files, lost = (int(number) for number in found.groups())
    check(len(replay.rows) == recorded, len(replay.rows), "ticks in the record; said:", recorded)
    check(files == len(daemon.records()), daemon.records(), "said:", files)
    ran = int(replay.rows[-1]["tick"]) + 1
    check(ran == recorded + lost + missed, ran, "ticks;", daemon.printed())
    return recorded, files, lost


def keeps_heating(emulator, seconds):
    """The board gets command after command, and heats."""
    count = emulator.status()["commands"]["Q1"]
    time.sleep(seconds)
    status = emulator.status()
    check(status["commands"]["Q1"] > count + seconds, "the cycles have stopped")
    check(status["output1"] > 0, "the heater is off")


@scenario(
    "record-full", "a full disk: the loop goes on, the fault is said, the file replays to its end; "
    "with room again the record goes on without a tick missing", seconds=20)
def full(bench):
    """Short enough that the ticks of the meantime fit into the chunk that is kept."""
    room = bench.room()
    disk = bench.enter(SmallDisk(os.path.join(room, "records"), 1_024))
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(LabConfig(emulator.link), directory=room)
    wait_until_heating(emulator, daemon)
    time.sleep(1.5)
    disk.fill()
    filled = time.monotonic()
    daemon.wait_for_message("No space left on device; the loops go on")
    keeps_heating(emulator, RETRY_S + 1.0)
    check(len(daemon.records()) == 1, "a full disk got more files:", daemon.records())
    replay = bench.replays_exactly(daemon)
    lacks = filled - int(replay.rows[-1]["time_ns"]) / 1e9
    check(lacks <= CHUNK_S + SCHEDULING, "the record ends", lacks, "s before the disk was full")
    disk.free()
    daemon.wait_for_message("record: works again")
    time.sleep(0.5)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(len(daemon.records()) == 2, daemon.records())
    whole = bench.replays_exactly(daemon)
    check(account(daemon, whole)[2] == 0, "ticks are lost:", daemon.printed())
    bench.note(f"first file ends {max(lacks, 0):.2f} s before the disk was full (a chunk is "
               f"{CHUNK_S:g} s); {len(whole.rows)} ticks in 2 files, none missing")


@scenario(
    "record-full-long", "a disk that stays full for long: what is lost is counted and is what the "
    "record lacks; before and after it all is there", seconds=20)
def full_long(bench):
    """Ticks of 10 ms fill the chunk that is kept, so that some must go."""
    room = bench.room()
    disk = bench.enter(SmallDisk(os.path.join(room, "records"), 4_096))
    daemon = bench.daemon(simulated_config(speed=100.0, records="records"), directory=room)
    daemon.wait_for_message("heater: learned")
    time.sleep(2.0)
    disk.fill()
    filled = time.monotonic()
    daemon.wait_for_message("No space left on device; the loops go on")
    time.sleep(10.0)
    first = bench.replays_exactly(daemon)
    disk.free()
    daemon.wait_for_message("record: works again")
    outage = time.monotonic() - filled
    time.sleep(2.0)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    whole = bench.replay(daemon.records()[-1])
    recorded, files, lost = account(daemon, whole)
    check(files == 2, daemon.records())
    check(whole.status == 65 and "stands where tick" in whole.report["message"],
          "a record with a gap must say so:", whole.status, whole.report)
    check(whole.report["matched"] == len(first.rows), "not all before the gap replays")
    check(lost > 0, "nothing was lost: the disk was not full for long enough")
    bench.note(f"disk full for {outage:.1f} s: {lost} of {recorded + lost} ticks lost, as counted")


@scenario(
    "record-file-limit", "a file that may not grow (RLIMIT_FSIZE): the loop goes on, the file "
    "replays to its end, the next one takes over", short=False, seconds=25)
def file_limit(bench):
    """Needs no right to mount."""
    limit = 64 << 10
    emulator = bench.emulator("1.4.3", board="leonardo")
    daemon = bench.daemon(
        LabConfig(emulator.link), wrapper=("prlimit", f"--fsize={limit}:{limit}"))
    wait_until_heating(emulator, daemon)
    daemon.wait_for_message("File too large; the loops go on", patience=120.0)
    keeps_heating(emulator, 1.0)
    daemon.wait_for_message("record: works again")
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(len(daemon.records()) == 2, daemon.records())
    first = bench.replay(daemon.records()[0])
    check(first.status == 0 and first.report["matched"] == first.report["ticks"] > 0,
          first.report)
    whole = bench.replays_exactly(daemon)
    check(account(daemon, whole)[2] == 0, "ticks are lost:", daemon.printed())
    bench.note(f"{len(first.rows)} ticks in the file of {limit >> 10} KiB, {len(whole.rows)} in "
               "both, none missing")


@scenario(
    "record-rotation", "max_file_mb: files of at most 1 MiB follow each other, and the whole run "
    "replays from its last one", seconds=30)
def rotation(bench):
    """As fast as the daemon takes a plant."""
    daemon = bench.daemon(simulated_config(speed=500.0, records="records", max_file_mb=1))
    end = time.monotonic() + 60.0
    wanted = 2 if bench.is_short else 4
    while len(daemon.records()) < wanted:
        check(time.monotonic() < end, "never so many files:", daemon.records())
        check(daemon.process.poll() is None, daemon.messages())
        time.sleep(0.1)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    sizes = [os.path.getsize(path) for path in daemon.records()]
    check(max(sizes) <= MEBIBYTE, "sizes:", sizes)
    whole = bench.replays_exactly(daemon)
    check(whole.report["files"] == len(sizes), whole.report["files"], "of", len(sizes), "files")
    check(account(daemon, whole)[2] == 0, "ticks are lost:", daemon.printed())
    bench.note(f"{len(whole.rows)} ticks in {len(sizes)} files of at most {max(sizes)} bytes")


@scenario(
    "record-decimated", "every = 10: each tenth tick and each change of state or fault is kept; a "
    "replay is refused with the reason", seconds=15)
def decimated(bench):
    """A thinned record still tells what happened."""
    every = 10
    emulator = bench.emulator("1.4.3")
    daemon = bench.daemon(LabConfig(emulator.link, every=every))
    wait_until_heating(emulator, daemon)
    time.sleep(1.0)
    mark = len(daemon.messages())
    inject(emulator, "silence@now+12")
    daemon.wait_for_message("heater: safe (sensorLost)")
    recovered(emulator, daemon, mark)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    replay = bench.replay(daemon.records()[-1])
    check(replay.status == 65 and f"every {every}th tick" in replay.report["message"],
          replay.status, replay.report)
    ticks = {int(row["tick"]) for row in replay.rows}
    ran = max(ticks) - min(ticks) + 1
    check(ran / every <= len(ticks) <= ran / every + 20, len(ticks), "of", ran, "ticks")
    said = {int(tick) for tick in re.findall(r"at tick (\d+)", daemon.messages())}
    check(len(said) >= 4 and said <= ticks, "changes that the record lacks:", said - ticks)
    story = replay.course()
    check(story == ["learned/nominal", "safe/sensorLost", "fallback/recovering",
                    "learned/nominal"], "the record says", story)
    bench.note(f"{len(ticks)} of {ran} ticks, with all {len(said)} changes of state")
