"""Runs trials one after the other on one machine; on a new one after a trial that fails."""

import os
import sys
import time
import traceback

from bench import Failure
from guest import Guest, copy_room
from image import build
from machine import has_kvm
from payload import make_payload
from remote import Remote
from stand import Stand
from trial import HANDS
from wiring import BoardWiring, GuestWiring


def say(text):
    """Progress, beside the results."""
    print(text, file=sys.stderr, flush=True)


class Runner:
    """Of one command line."""

    def __init__(self, options, room):
        self._options = options
        self._room = room
        self._stand = None
        if options.target:
            self._wiring = BoardWiring(options.wiring)
        else:
            self._image = build(say)
            self._payload = make_payload(os.path.abspath(options.build_dir), room)
            self._wiring = None

    def close(self):
        """Ends the guest, or the connection."""
        if self._stand is not None:
            self._stand.close()
            self._stand = None

    def _new_stand(self):
        options = self._options
        if options.target:
            target, wiring = Remote(options.target, self._wiring, options.ssh_option), self._wiring
            say(f"{options.target}: connects ...")
        else:
            target = Guest(
                self._image, self._payload, copy_room(os.path.join(self._room, "guest")))
            wiring = GuestWiring(target.board_path)
            say(f"guest: goes on from its boot, and has the service installed "
                f"({'KVM' if has_kvm() else 'translated'}) ...")
        return Stand(target, wiring, options)

    def run(self, trial):
        """One trial; gives its result as a dictionary."""
        begin = time.monotonic()
        if self._options.target and trial.needs:
            reason = f"a trial that {HANDS[trial.needs]}: only the emulator has such hands"
            return self._result(trial, "skipped", reason, begin)
        try:
            if self._stand is None:
                self._stand = self._new_stand()
                self._stand.wake()
                say(f"ready after {time.monotonic() - begin:.0f} s")
            self._stand.begin()
            trial.run(self._stand)
            self._stand.records.check()
            outcome, reason = "ok", ""
        except Failure as failure:
            outcome, reason = "FAILED", str(failure)
        except Exception:  # pylint: disable=broad-exception-caught
            outcome, reason = "FAILED", traceback.format_exc(limit=-4)
        result = self._result(trial, outcome, reason, begin)
        if reason:
            self.close()
        return result

    def _result(self, trial, outcome, reason, begin):
        result = {
            "name": trial.name, "sentence": trial.sentence, "outcome": outcome, "reason": reason,
            "figures": [], "limit_s": None, "worst_s": None, "repetitions": 0, "ticks": 0,
            "seconds": round(time.monotonic() - begin, 1)}
        if self._stand is not None and outcome != "skipped":
            # The limits of a trial differ: the one that came nearest counts.
            times = sorted(self._stand.times, key=lambda each: each[1] / each[0])
            result |= {
                "figures": list(self._stand.figures), "repetitions": len(times),
                "ticks": self._stand.records.ticks}
            if times:
                result |= {"limit_s": times[-1][0], "worst_s": round(times[-1][1], 3)}
        return result
