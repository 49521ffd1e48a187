#!/usr/bin/env python3
"""Tries the installed service in a virtual machine with real GPIO, serial and watchdog devices.

build   builds the machine's image, which takes minutes, and keeps it in .cache/rig
run     runs the trials whose names are given, or all
list    lists the trials

Exit codes: 0 all trials hold, 1 one does not, 2 usage, 69 something that is needed is missing.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

# pylint: disable=wrong-import-position
from bench import Failure  # noqa: E402
from guest import Guest, copy_room  # noqa: E402
from image import ROOT, BuildError, build  # noqa: E402
from payload import make_payload  # noqa: E402
from stand import Stand  # noqa: E402
import trials  # noqa: E402,F401
from trial import TRIALS  # noqa: E402


def parse_options():
    """The command line; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="builds the image unless it is there")
    lister = commands.add_parser("list", help="lists the trials")
    runner = commands.add_parser("run", help="runs trials")
    runner.add_argument(
        "names", nargs="*", metavar="NAME", help="a part of a trial's name; none is all")
    runner.add_argument("--short", action="store_true", help="the form for every change")
    runner.add_argument(
        "--build-dir", default=os.path.join(ROOT, ".build", "release"), metavar="DIR",
        help="where flyballd and flyball are (.build/release)")
    runner.add_argument("--keep", metavar="DIR", help="keeps the guest's disk and console there")
    for each in (runner, lister):
        each.add_argument("--json", action="store_true", help="prints JSON")
    return parser.parse_args()


def say(text):
    """Progress, beside the results."""
    print(text, file=sys.stderr, flush=True)


class Bench:
    """Runs trials one after the other in one guest; a new one after a trial that fails."""

    def __init__(self, options, room):
        self._options = options
        self._image = build(say)
        self._room = room
        self._payload = make_payload(os.path.abspath(options.build_dir), room)
        self._stand = None

    def close(self):
        """Ends the guest."""
        if self._stand is not None:
            self._stand.close()
            self._stand = None

    def run(self, trial):
        """One trial; gives its result as a dictionary."""
        begin = time.monotonic()
        try:
            if self._stand is None:
                self._stand = Stand(
                    self._image, self._payload, copy_room(os.path.join(self._room, "guest")),
                    self._options.short)
                say(f"guest: goes on from its boot, and has the service installed "
                    f"({'KVM' if Guest.has_kvm() else 'translated'}) ...")
                self._stand.wake()
                say(f"guest: ready after {time.monotonic() - begin:.0f} s")
            self._stand.figures.clear()
            trial.run(self._stand)
            outcome, reason = "ok", ""
        except Failure as failure:
            outcome, reason = "FAILED", str(failure)
        except Exception:  # pylint: disable=broad-exception-caught
            outcome, reason = "FAILED", traceback.format_exc(limit=-4)
        figures = list(self._stand.figures) if self._stand else []
        if reason:
            self.close()
        return {
            "name": trial.name, "sentence": trial.sentence, "outcome": outcome, "reason": reason,
            "figures": figures, "seconds": round(time.monotonic() - begin, 1)}


def show(result):
    """Prints one result."""
    print(f"{result['outcome']:8} {result['name']:22} {result['seconds']:6.1f} s  "
          f"{result['sentence']}")
    for figure in result["figures"]:
        print(f"         {figure}")
    if result["reason"]:
        print("         " + result["reason"].replace("\n", "\n         "))
    sys.stdout.flush()


def run(options):
    """Runs what was chosen; gives the exit code."""
    chosen = [
        each for each in TRIALS
        if (each.is_short or not options.short)
        and (not options.names or any(part in each.name for part in options.names))]
    if not chosen:
        say("rig: no trial has such a name; see rig.py list")
        return 2
    room = tempfile.mkdtemp(prefix="flyball-rig-")
    results = []
    bench = None
    try:
        bench = Bench(options, room)
        for trial in chosen:
            results.append(bench.run(trial))
            if not options.json:
                show(results[-1])
    finally:
        if bench is not None:
            bench.close()
        if options.keep:
            os.makedirs(options.keep, exist_ok=True)
            for name in ("disk", "console.log"):
                shutil.copy(os.path.join(room, "guest", name), options.keep)
        shutil.rmtree(room, ignore_errors=True)
    failed = sum(each["outcome"] != "ok" for each in results)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        print(f"\n{len(results) - failed} ok, {failed} failed")
    return 1 if failed else 0


def main():
    """One of the three commands."""
    options = parse_options()
    if options.command == "list":
        if options.json:
            rows = [{"name": each.name, "sentence": each.sentence, "short": each.is_short}
                    for each in TRIALS]
            print(json.dumps(rows, indent=2))
        else:
            for each in TRIALS:
                print(f"{each.name:22} {'short' if each.is_short else '     '}  {each.sentence}")
        return 0
    try:
        if options.command == "build":
            say(f"image: {build(say).directory}")
            return 0
        return run(options)
    except (BuildError, Failure) as failure:
        say(f"rig: {failure}")
        return 69


if __name__ == "__main__":
    sys.exit(main())
