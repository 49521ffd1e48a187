"""What the timing guest has printed, as figures, and their comparison with the targets."""

import json
import re

from bench import Failure

#: One instruction is 2 ns of the guest's time: -icount shift=1.
NS_AN_INSTRUCTION = 2
SHARES = (0.5, 0.99, 0.999)
NAMES = ("p50", "p99", "p99.9", "worst")
#: Of the same percentile of cyclictest.
LIMITS = (1.10, 1.10, 1.10, 1.5)


def sections(console):
    """The text between each pair of marks, by measurement and load."""
    found = {}
    for name, load, text in re.findall(
            r"^begin (\w+) (\w+)\n(.*?)^end \1 \2$", console, re.M | re.S):
        status = re.search(r"^status (\d+)$", text, re.M)
        # A rate that is not supported is a finding.
        if status is None or int(status[1]) not in (0, 1 if name == "latency" else 0):
            raise Failure(f"{name}, {load}: {text[-1500:]}")
        found[name, load] = text
    return found


def cyclictest(text):
    """p50, p99, p99.9 and the worst lateness in ns, and the number of ticks."""
    counts = [tuple(map(int, each)) for each in re.findall(r"^(\d+) (\d+)$", text, re.M)]
    total = sum(count for _, count in counts)
    worst = int(re.search(r"^# Max Latencies: (\d+)", text, re.M)[1])
    beyond = int(re.search(r"^# Histogram Overflows: (\d+)", text, re.M)[1])
    found = []
    for share in SHARES:
        seen = 0
        for value, count in counts:
            seen += count
            if seen >= share * (total + beyond):
                found.append(value)
                break
        else:
            found.append(worst)
    return {"ticks": total + beyond, "lateness": [*found, worst]}


def latency(text):
    """The same of `flyball latency`, and what its worst tick computed, in ns."""
    rate = json.loads(text[text.index("{"):text.rindex("}") + 1])["rates"][0]
    timing = rate["timing"]
    return {
        "ticks": timing["ticks"], "missed": timing["missed_periods"],
        "lateness": _four(timing["lateness"]), "step": _four(timing["step"]),
        "page_faults": sum(timing["page_faults"].values())}


def daemon(text):
    """The same of `flyballd`, from the table that it prints at its end, in steps of 0.1 us."""
    made = re.search(r"ticks (\d+), overruns (\d+), missed periods (\d+)", text)
    if made is None:
        raise Failure(f"flyballd: {text[-1500:]}")
    found = {"ticks": int(made[1]), "missed": int(made[3])}
    for row in ("lateness", "step"):
        cells = re.search(rf"^{row} +(.*)$", text, re.M)[1].split()
        found[row] = [round(float(each) * 1000) for each in cells[1:]]
    found["page_faults"] = int(re.search(r"page faults (\d+)", text)[1])
    return found


def _four(summary):
    return [summary[key] for key in ("p50_ns", "p99_ns", "p99_9_ns", "max_ns")]


READERS = {"cyclictest": cyclictest, "latency": latency, "daemon": daemon}


def figures(console):
    """All figures of one run, by measurement and load."""
    found = sections(console)
    wanted = {(name, load) for name in READERS for load in ("quiet", "loaded")}
    if set(found) != wanted:
        raise Failure(f"the guest has not measured {sorted(wanted - set(found))}")
    return {key: READERS[key[0]](text) for key, text in found.items()}


def rows(measured):
    """Each comparison with cyclictest as a dictionary."""
    for load in ("quiet", "loaded"):
        rival = measured["cyclictest", load]["lateness"]
        for name in ("latency", "daemon"):
            ours = measured[name, load]["lateness"]
            for index, percentile in enumerate(NAMES):
                ratio = ours[index] / rival[index]
                yield {
                    "load": load, "program": name, "percentile": percentile,
                    "lateness_ns": ours[index], "cyclictest_ns": rival[index],
                    "ratio": round(ratio, 3), "limit": LIMITS[index],
                    "met": ratio <= LIMITS[index]}
