"""A daemon that dies without a word: what its record keeps, and what turns the heater off."""

import random
import signal
import time

from bench import check, wait_until_heating
from lab_config import LabConfig

from .scenario import scenario

#: The same instants in every run.
SEED = 20_26
#: What a kill may cost: the unfinished chunk, a second of ticks, and what the recorder has not
#: taken yet; in the first second of a run, all of it.
LOST_S = 2.5


def kill_once(bench, emulator, moment):
    """Kills a heating daemon; gives the seconds of ticks that its record lacks."""
    daemon = bench.daemon(LabConfig(emulator.link))
    daemon.wait_for_message("heater: ")
    began = time.monotonic()
    wait_until_heating(emulator, daemon)
    time.sleep(moment)
    killed = daemon.send(signal.SIGKILL)
    daemon.wait()
    replay = bench.replay(daemon.records()[-1])
    check(replay.status == 0, "replay ended with", replay.status, replay.errors)
    check(replay.report["matched"] == replay.report["ticks"], replay.report["message"])
    # A kill in the first second leaves a record without a whole chunk.
    last = int(replay.rows[-1]["time_ns"]) / 1e9 if replay.rows else began
    lost = killed - last
    check(lost <= LOST_S, "the record of", len(replay.rows), "ticks ends", lost,
          "s before the kill,", killed - began, "s after the loop began")
    check(emulator.status()["output1"] > 0, "the board turned the heater off by itself")
    # Nobody is there to turn it off: this is what an independent cut-out is for.
    time.sleep(1)
    check(emulator.status()["output1"] > 0, "the board turned the heater off by itself")
    safe = bench.tool("safe", daemon.config)
    check(safe.returncode == 0, "flyball safe ended with", safe.returncode, safe.stderr)
    check("confirmed" in safe.stdout, safe.stdout)
    check(emulator.status()["output1"] == 0, "the heater is still on after flyball safe")
    return lost


@scenario(
    "kill", "kill -9 at random instants: the record replays to its torn tail, "
    "`flyball safe` turns the heater off", seconds=60)
def kill(bench):
    """5 times in the short form, 50 times in the long one, on a board that does not reset."""
    instants = random.Random(SEED)
    emulator = bench.emulator("1.4.3", board="leonardo")
    losses = [
        kill_once(bench, emulator, instants.uniform(0.2, 2.0))
        for _ in range(5 if bench.is_short else 50)]
    bench.note(
        f"{len(losses)} kills: the record ends at most {max(losses):.2f} s before the kill; "
        "without `flyball safe` the heater stays on (looked at for a second)")
