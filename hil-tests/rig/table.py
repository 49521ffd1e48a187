"""The results of `rig.py run --json` as a table in Markdown."""

import json

from bench import Failure

COLUMNS = ("trial", "limit", "worst time seen", "repetitions", "ticks computed again", "outcome")


def read_results(paths):
    """The newest result of each trial, in the order of the files; raises Failure."""
    results = {}
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                for each in json.load(file):
                    results[each["name"]] = each
        except OSError as error:
            raise Failure(f"{path}: {error.strerror}") from None
        except (ValueError, KeyError, TypeError):
            raise Failure(f"{path} is not what `rig.py run --json` prints") from None
    return list(results.values())


def show_table(paths):
    """Prints the table; gives the exit code."""
    print("| " + " | ".join(COLUMNS) + " |")
    print("|---|---|---|---|---|---|")
    for each in read_results(paths):
        is_timed = each["worst_s"] is not None
        print("| " + " | ".join((
            f"`{each['name']}`",
            f"{each['limit_s']:g} s" if is_timed else "-",
            f"{each['worst_s']:.2f} s" if is_timed else "-",
            str(each["repetitions"]) if is_timed else "-",
            str(each["ticks"]), each["outcome"])) + " |")
    return 0
