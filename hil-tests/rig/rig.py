#!/usr/bin/env python3
"""Tries the installed service in a virtual machine with real GPIO, serial and watchdog devices, or
on a real board that is reached by ssh.

build   builds the machine's image, which takes minutes, and keeps it in .cache/rig
run     runs the trials whose names are given, or all
list    lists the trials
table   prints what `run --json` has printed as the table of hil-tests/README.md
guest   starts the machine and keeps it, so that `run --target` can be tried on it

Exit codes: 0 all trials hold, 1 one does not, 2 usage, 69 something that is needed is missing.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

# pylint: disable=wrong-import-position
from bench import Failure  # noqa: E402
from guest import prefer  # noqa: E402
from image import ROOT, BuildError, build  # noqa: E402
from loaned import lend  # noqa: E402
from runner import Runner, say  # noqa: E402
from stand import LIMIT_S  # noqa: E402
from table import show_table  # noqa: E402
import trials  # noqa: E402,F401
from trial import HANDS, TRIALS  # noqa: E402


def parse_options():
    """The command line; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("build", help="builds the image unless it is there")
    lister = commands.add_parser("list", help="lists the trials")
    table = commands.add_parser("table", help="prints results as a table")
    table.add_argument("files", nargs="+", metavar="FILE", help="what `run --json` has printed")
    runner = commands.add_parser("run", help="runs trials")
    lender = commands.add_parser("guest", help="starts the machine and keeps it")
    runner.add_argument(
        "names", nargs="*", metavar="NAME", help="a part of a trial's name; none is all")
    runner.add_argument("--short", action="store_true", help="the form for every change")
    runner.add_argument(
        "--count", type=int, metavar="N", help="how often `kill` kills (100; 3 in the short form)")
    runner.add_argument(
        "--start-limit", type=float, default=LIMIT_S, metavar="S",
        help="what outputs may take to be safe when systemd has to start `flyball safe` for it "
        "(%(default)s s, as configured)")
    for each in (runner, lender):
        each.add_argument(
            "--build-dir", default=os.path.join(ROOT, ".build", "release"), metavar="DIR",
            help="where flyballd and flyball are (.build/release)")
    lender.add_argument(
        "directory", metavar="DIR", help="gets the wiring and the key with which to reach it")
    runner.add_argument("--keep", metavar="DIR", help="keeps the guest's disk and console there")
    runner.add_argument(
        "--target", metavar="ssh:HOST", help="a board on which the service is installed, in place "
        "of the virtual machine; trials that need other hands than wires are skipped")
    runner.add_argument(
        "--wiring", metavar="FILE", help="how it is wired (TOML); rig/board-rig.toml explains it")
    runner.add_argument(
        "--ssh-option", action="append", default=[], metavar="OPTION",
        help="an option for ssh, as -i; repeatable, written --ssh-option=-i")
    for each in (runner, lister):
        each.add_argument("--json", action="store_true", help="prints JSON")
    options = parser.parse_args()
    if options.command == "run" and bool(options.target) != bool(options.wiring):
        parser.error("--target and --wiring belong together")
    if options.command == "run" and options.count is not None and options.count < 1:
        parser.error("--count: at least 1")
    return options


def show(result, file):
    """Prints one result."""
    print(f"{result['outcome']:8} {result['name']:22} {result['seconds']:6.1f} s  "
          f"{result['sentence']}", file=file)
    for figure in result["figures"]:
        print(f"         {figure}", file=file)
    if result["reason"]:
        print("         " + result["reason"].replace("\n", "\n         "), file=file)
    file.flush()


def run(options):
    """Runs what was chosen; gives the exit code."""
    chosen = [
        each for each in TRIALS
        if (each.is_short or not options.short)
        and (not options.names or any(part in each.name for part in options.names))]
    if not chosen:
        say("rig: no trial has such a name; see rig.py list")
        return 2
    prefer(os.getpid())
    # So that the guest ends with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    room = tempfile.mkdtemp(prefix="flyball-rig-")
    results = []
    runner = None
    try:
        runner = Runner(options, room)
        for trial in chosen:
            results.append(runner.run(trial))
            show(results[-1], sys.stderr if options.json else sys.stdout)
    finally:
        # Whoever is impatient still gets what there is.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if options.json:
            print(json.dumps(results, indent=2), flush=True)
        if runner is not None:
            runner.close()
        if options.keep and not options.target:
            os.makedirs(options.keep, exist_ok=True)
            for name in ("disk", "console.log"):
                shutil.copy(os.path.join(room, "guest", name), options.keep)
        shutil.rmtree(room, ignore_errors=True)
    failed = sum(each["outcome"] == "FAILED" for each in results)
    skipped = sum(each["outcome"] == "skipped" for each in results)
    if not options.json:
        print(f"\n{len(results) - failed - skipped} ok, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


def main():
    """One of the commands."""
    options = parse_options()
    if options.command == "list":
        if options.json:
            rows = [{"name": each.name, "sentence": each.sentence, "short": each.is_short,
                     "needs": HANDS.get(each.needs, "")} for each in TRIALS]
            print(json.dumps(rows, indent=2))
        else:
            for each in TRIALS:
                print(f"{each.name:22} {'short' if each.is_short else '     '}  {each.sentence}")
        return 0
    try:
        if options.command == "table":
            return show_table(options.files)
        if options.command == "guest":
            return lend(options)
        if options.command == "build":
            say(f"image: {build(say).directory}")
            return 0
        return run(options)
    except (BuildError, Failure) as failure:
        say(f"rig: {failure}")
        return 69


if __name__ == "__main__":
    sys.exit(main())
