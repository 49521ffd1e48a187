#!/usr/bin/env python3
"""Emulates a TCLab (an Arduino with two heaters and two sensors) on a pseudo-terminal.

Prints `ready PATH` once the terminal is there. Ends on SIGTERM, SIGINT or `quit`, and removes
its link and its socket. The plant runs in simulated time, `--speed` times as fast as real time.
"""

import argparse
import math
import sys

from emulator.bench import Bench
from emulator.fault import GRAMMAR, FaultError
from emulator.plant import NOISE
from emulator.profile import BOARDS, PROFILES

CONTROL = """\
The control channel takes one command a line and answers each with one line, `ok`, `error ...`
or, to `status`, a JSON object:

  status         time, temperatures, heaters, outputs, commands seen, faults that act
  fault SPEC     adds a fault
  clear [KIND]   ends all faults, or those of one kind
  disconnect     unplugs the board
  reconnect      plugs it in again: a new terminal behind the same link
  quit           ends the emulator
"""


def bounded(low, high):
    """An argument type: a finite number in a range."""

    def parse(text):
        value = float(text)
        if not math.isfinite(value) or not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text} is outside {low}...{high}")
        return value

    return parse


def parse_options(arguments):
    """The command line; exits with 2 when it is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="faults:\n\n" + GRAMMAR + "\ncontrol channel:\n\n" + CONTROL,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firmware", choices=PROFILES, default="1.4.3")
    parser.add_argument(
        "--board", choices=BOARDS, default="uno",
        help="an uno resets when its port is opened and is deaf for 2 simulated seconds; "
        "a leonardo does not reset")
    parser.add_argument("--link", required=True, help="symbolic link to the terminal")
    parser.add_argument(
        "--speed", type=bounded(0.1, 1000), default=1.0,
        help="simulated seconds in one real second")
    parser.add_argument("--seed", type=int, default=1, help="of noise and garbage")
    parser.add_argument(
        "--ambient", type=bounded(-40, 120), default=21.0,
        help="ambient and first temperature in C")
    parser.add_argument(
        "--noise", type=bounded(0, 10), default=NOISE, help="of one reading in C, one sigma")
    parser.add_argument("--log", help="file of JSON lines: commands, heater changes, faults")
    parser.add_argument("--control", help="path of the control channel, a UNIX stream socket")
    parser.add_argument("--fault", action="append", default=[], metavar="SPEC")
    parser.add_argument(
        "--check-baud", action="store_true",
        help="bytes are random unless the port is set to the firmware's speed")
    parser.add_argument(
        "--cooked", action="store_true",
        help="begin with echo and line editing, as a port nobody has set up")
    return parser.parse_args(arguments)


def main():
    """Runs the emulator; exit code 1 when it could not be set up."""
    options = parse_options(sys.argv[1:])
    try:
        Bench(options).run(lambda path: print(f"ready {path}", flush=True))
    except (FaultError, OSError) as error:
        sys.exit(f"tclab_emulator: {error}")


if __name__ == "__main__":
    main()
