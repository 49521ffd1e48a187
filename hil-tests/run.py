#!/usr/bin/env python3
"""Runs the system tests: the daemon and the tool against the emulated TCLab.

Exit code 0: all scenarios hold; 1: one does not; 2: usage.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import sys
import tempfile
import time
import traceback

from bench import Bench, Failure, Skipped
from scenarios import SCENARIOS

#: Scenarios that mostly sleep run side by side; more would disturb each other's deadlines.
PARALLEL = 8
_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def parse_options():
    """The command line; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="lists the scenarios and ends")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help="runs the scenarios whose name contains NAME; may be repeated")
    parser.add_argument(
        "--short", action="store_true", help="the form for every change: two minutes")
    parser.add_argument(
        "--build-dir", default=os.path.join(_ROOT, ".build", "release"),
        help="where flyballd and flyball are (.build/release)")
    parser.add_argument("--keep", action="store_true", help="keeps configurations and records")
    parser.add_argument("--json", metavar="FILE", help="writes the results as JSON")
    parser.add_argument("--jobs", type=int, default=PARALLEL, help=f"side by side ({PARALLEL})")
    return parser.parse_args()


def run_one(scenario, options, directory):
    """One scenario; gives its result as a dictionary."""
    begin = time.monotonic()
    room = os.path.join(directory, scenario.name)
    os.makedirs(room)
    # The daemons of unprivileged users must get in.
    os.chmod(room, 0o755)
    figures = []
    try:
        with Bench(options.build_dir, room, options.short) as bench:
            figures = bench.figures
            scenario.run(bench)
        outcome, reason = "ok", ""
    except Skipped as skipped:
        outcome, reason = "skipped", str(skipped)
    except Failure as failure:
        outcome, reason = "FAILED", str(failure)
    except Exception:  # pylint: disable=broad-exception-caught
        outcome, reason = "FAILED", traceback.format_exc(limit=-4)
    seconds = round(time.monotonic() - begin, 1)
    return {
        "name": scenario.name, "sentence": scenario.sentence, "outcome": outcome,
        "reason": reason, "figures": figures, "seconds": seconds}


def show(result):
    """Prints one result."""
    print(f"{result['outcome']:8} {result['name']:28} {result['seconds']:6.1f} s  "
          f"{result['sentence']}", flush=True)
    for figure in result["figures"]:
        print(f"         {figure}")
    if result["reason"]:
        print("         " + result["reason"].replace("\n", "\n         "), flush=True)


def run_all(chosen, options, directory):
    """Those alone on the machine first, then the sleepers side by side, the longest first."""
    results = []
    for scenario in [each for each in chosen if each.is_alone]:
        results.append(run_one(scenario, options, directory))
        show(results[-1])
    sleepers = sorted(
        (each for each in chosen if not each.is_alone), key=lambda each: -each.seconds)
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        running = [pool.submit(run_one, each, options, directory) for each in sleepers]
        for done in concurrent.futures.as_completed(running):
            results.append(done.result())
            show(results[-1])
    return results


def main():
    """Runs what was chosen and prints the table."""
    options = parse_options()
    options.build_dir = os.path.abspath(options.build_dir)
    chosen = [
        each for each in SCENARIOS
        if (each.is_short or not options.short)
        and (not options.only or any(part in each.name for part in options.only))]
    if options.list:
        for scenario in chosen:
            mark = "short" if scenario.is_short else "     "
            print(f"{scenario.name:28} {mark}  {scenario.sentence}")
        return 0
    if not chosen:
        print("no scenario has such a name; see --list", file=sys.stderr)
        return 2
    for program in ("flyballd", "flyball"):
        if not os.access(os.path.join(options.build_dir, program), os.X_OK):
            print(f"{options.build_dir} has no {program}: swift build -c release", file=sys.stderr)
            return 2
    begin = time.monotonic()
    directory = tempfile.mkdtemp(prefix="flyball-hil-")
    os.chmod(directory, 0o755)
    try:
        results = run_all(chosen, options, directory)
    finally:
        if options.keep:
            print(f"kept: {directory}")
        else:
            shutil.rmtree(directory, ignore_errors=True)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=2)
    counts = {word: sum(each["outcome"] == word for each in results)
              for word in ("ok", "FAILED", "skipped")}
    print(f"\n{counts['ok']} ok, {counts['FAILED']} failed, {counts['skipped']} skipped "
          f"in {time.monotonic() - begin:.0f} s")
    return 1 if counts["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
