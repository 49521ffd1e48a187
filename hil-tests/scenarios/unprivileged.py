"""A user who may do nothing special: the loop runs, and what it lacks is said with its remedy."""

import os
import shutil
import subprocess
import time

from bench import Skipped, check, wait_until_heating
from lab_config import LabConfig

from .scenario import scenario

#: nobody, on every Debian.
NOBODY = 65_534
#: Too little for any program to lock itself.
LOCKED_BYTES = 65_536
_LIMITS = ("prlimit", "--rtprio=0:0", f"--memlock={LOCKED_BYTES}:{LOCKED_BYTES}")
_USER = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
         "--bounding-set=-all", "--inh-caps=-all")


def scheduling(pid):
    """Name and policy of each thread: 0 is ordinary, 1 is SCHED_FIFO."""
    threads = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/comm", encoding="utf-8") as file:
            threads[file.read().strip()] = os.sched_getscheduler(int(thread))
    return threads


@scenario(
    "unprivileged", "user nobody without SCHED_FIFO and locked memory: both are said with their "
    "remedy, and the loop runs all the same", seconds=12)
def unprivileged(bench):
    """Without root it is the user who runs this, with the same limits."""
    emulator = bench.emulator("1.4.3", board="leonardo")
    room = bench.room()
    programs = bench.room()
    wrapper = _LIMITS
    if os.geteuid() == 0:
        wrapper = (*_LIMITS, *_USER)
        os.chown(room, NOBODY, NOBODY)
        # The board's port and its directory, as a udev rule would open them.
        os.chown(os.path.realpath(emulator.link), NOBODY, NOBODY)
        os.chmod(os.path.dirname(emulator.link), 0o755)
        # Where the programs were built, nobody may be kept out.
        shutil.copy(os.path.join(bench.build, "flyballd"), programs)
        started = subprocess.run(
            [*wrapper, os.path.join(programs, "flyballd"), "--version"], capture_output=True,
            text=True, check=False)
        if started.returncode != 0:
            raise Skipped(f"nobody cannot start the daemon here: {started.stderr.strip()}")
    else:
        programs = bench.build
    daemon = bench.daemon(
        LabConfig(emulator.link), directory=room, build=programs, wrapper=wrapper)
    wait_until_heating(emulator, daemon)
    messages = daemon.messages()
    for words in (
            "warning: SCHED_FIFO 50 was not permitted", "LimitRTPRIO=50", "realtime.priority = 0",
            "warning: locking memory was not permitted", "LimitMEMLOCK=infinity",
            "realtime.lock_memory = false"):
        check(words in messages, "not said:", words, "in", messages)
    policies = scheduling(daemon.process.pid)
    check(policies.get("control") == os.SCHED_OTHER, "threads:", policies)
    with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as file:
        status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
    check(int(status["CapEff"], 16) == 0 or os.geteuid() != 0, "CapEff:", status["CapEff"])
    check("0 kB" in status["VmLck"], "VmLck:", status["VmLck"])
    time.sleep(1.0)
    check(daemon.stop() == 0, "exit code", daemon.process.returncode)
    check(emulator.status()["output1"] == 0, "the heater is on after the end")
    replay = bench.replays_exactly(daemon)
    bench.note(f"uid {status['Uid'].split()[0]}: both refusals said, {len(replay.rows)} ticks")
