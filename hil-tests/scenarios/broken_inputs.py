"""Broken configurations and models: refused with the stated code and a reason."""

import os
import random
import re
import subprocess
import tomllib
from collections import Counter

from bench import check
from damaged_configuration import damage
from damaged_model import damage_model
from lab_config import LabConfig, simulated_config
from programs import run_program

from .scenario import scenario

#: The same files in every run.
SEED = 20_27
#: Broken files of each sort, in the short form and in the whole one.
SHORT, WHOLE = 28, 100
#: So long may a program take on a busy machine; all but the largest files take a tenth of a second.
LIMIT_S = 20.0
#: Enough to tell a program that waits for a pipe from one that does not.
PIPE_S = 5.0
CONFIGURATION, DAMAGED, MISSING = 78, 65, 66
_CONFIGS = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "configs")
#: What a simulation of the lab's configuration needs besides it.
_SIMULATION = '\n[simulation]\nplant = "tclab"\n'


def ends(bench, what, name, *arguments):
    """Exit code and messages of a program that must end by itself, and not by a signal."""
    try:
        done = run_program(bench.build, name, *arguments, patience=LIMIT_S)
    except subprocess.TimeoutExpired:
        check(False, what, name, *arguments, "did not end in", LIMIT_S, "s")
    check(done.returncode >= 0, what, name, *arguments, "was ended by signal", -done.returncode)
    return done.returncode, done.stderr


def good_texts(emulator):
    """The texts to damage: that of the tests and all that are shipped, on the emulated board."""
    texts = [LabConfig(emulator.link, records=None).text()]
    for name in sorted(os.listdir(_CONFIGS)):
        if name.endswith(".toml"):
            with open(os.path.join(_CONFIGS, name), encoding="utf-8") as file:
                texts.append(re.sub(r"(?m)^path = .*$", f'path = "{emulator.link}"', file.read()))
    return texts


def untouched(emulator):
    """Nobody has opened the board's port."""
    status = emulator.status()
    check(status["opens"] == 0 and not status["commands"], "the board was touched:", status)


def judge_configuration(bench, path, what, damaged):
    """Whether the file is broken: both programs agree, and say where when it is."""
    results = {
        "flyball check": ends(bench, what, "flyball", "check", path),
        "flyballd --check": ends(bench, what, "flyballd", "--check", "--config", path)}
    codes = {code for code, _ in results.values()}
    check(len(codes) == 1, what, "the programs disagree:", results)
    if codes == {0}:
        check(not damaged.is_surely_broken, what, "was accepted")
        # By an independent parser it must at least be TOML.
        tomllib.loads(damaged.content.decode())
        return False
    results["flyballd"] = ends(bench, what, "flyballd", "--config", path, "--duration-s", "1")
    for program, (code, messages) in results.items():
        # A name of a model that chance has made is that of a file that is not there.
        allowed = (CONFIGURATION,) if damaged.is_surely_broken else (CONFIGURATION, MISSING)
        check(code in allowed, what, program, "ended with", code, messages[:2_000])
        if code == CONFIGURATION:
            check(re.search(re.escape(path) + r":\d+:\d+: ", messages), what, program,
                  "names no line:", messages[:2_000])
        if damaged.line is not None:
            check(f"{path}:{damaged.line}:" in messages, what, program, "does not name line",
                  damaged.line, messages[:2_000])
    return True


@scenario(
    "broken-configurations", "100 damaged configurations: exit 78 with file and line from "
    "`flyball check`, `flyballd --check` and `flyballd`, the port is never opened", seconds=60)
def configurations(bench):
    """Wrong types, units, sizes and numbers, bits, ends: 28 of them in the short form."""
    chance = random.Random(SEED)
    emulator = bench.emulator()
    texts = good_texts(emulator)
    room = bench.room()
    path = os.path.join(room, "config.toml")
    wanted = SHORT if bench.is_short else WHOLE
    broken, valid = Counter(), Counter()
    for text in texts:
        write(path, text.encode())
        code, messages = ends(bench, "undamaged", "flyball", "check", path)
        check(code == 0, "an undamaged file ended with", code, messages)
    for number in range(2 * wanted):
        if broken.total() == wanted:
            break
        damaged = damage(chance.choice(texts), number, chance)
        write(path, damaged.content)
        what = f"number {number}, {damaged.kind}:"
        counter = broken if judge_configuration(bench, path, what, damaged) else valid
        counter[damaged.kind.split()[0]] += 1
    check(broken.total() == wanted, "only", broken.total(), "were broken; valid:", valid)
    untouched(emulator)
    bench.note(f"{wanted} refused; {valid.total()} stayed valid and were accepted: {dict(valid)}")


def write(path, content):
    """A file with this content."""
    with open(path, "wb") as file:
        file.write(content)


def judge_model(bench, config, path, what, damaged):
    """Whether the file is broken: no program runs it, and all name it."""
    runs = {
        "flyball check": ("flyball", "check", config),
        "flyball simulate": ("flyball", "simulate", config, "--duration-s", "1"),
        "flyballd --check": ("flyballd", "--check", "--config", config)}
    is_broken = False
    for program, arguments in runs.items():
        code, messages = ends(bench, what, *arguments)
        check(code in damaged.allowed, what, program, "ended with", code, messages[:2_000])
        if code == 0:
            continue
        is_broken = True
        named = path if code != CONFIGURATION else config + ":"
        check(named in messages, what, program, "does not name", named, messages[:2_000])
    if is_broken and 0 not in damaged.allowed:
        code, messages = ends(
            bench, what, "flyballd", "--config", config, "--duration-s", "1")
        check(code in damaged.allowed, what, "flyballd ended with", code, messages[:2_000])
    return is_broken


@scenario(
    "broken-models", "100 damaged model files: exit 65 with the file's name from `flyball check`, "
    "`flyball simulate`, `flyballd --check` and `flyballd`, the port is never opened", seconds=90)
def models(bench):
    """Bits, ends, and files sealed anew around a wrong content: 28 of them in the short form."""
    chance = random.Random(SEED)
    emulator = bench.emulator()
    room = bench.room()
    config, path = os.path.join(room, "config.toml"), os.path.join(room, "heater.safetensors")
    settings = LabConfig(emulator.link, records=None, extra=_SIMULATION)
    write(config, settings.text().encode())
    done = bench.tool("export", config, "--output", path)
    check(done.returncode == 0, done.stderr)
    with open(path, "rb") as file:
        good = file.read()
    settings.model = "heater.safetensors"
    write(config, settings.text().encode())
    wanted = SHORT if bench.is_short else WHOLE
    broken, valid = Counter(), Counter()
    for number in range(2 * wanted):
        if broken.total() == wanted:
            break
        damaged = damage_model(good, number, chance)
        write(path, damaged.content)
        what = f"number {number}, {damaged.kind}:"
        is_broken = judge_model(bench, config, path, what, damaged)
        (broken if is_broken else valid)[damaged.kind] += 1
    check(broken.total() == wanted, "only", broken.total(), "were broken; valid:", valid)
    untouched(emulator)
    bench.note(f"{wanted} refused; {valid.total()} stayed valid and were accepted: {dict(valid)}")


@scenario(
    "broken-absent", "files that are not there, directories, endless and empty ones: the stated "
    "exit code", seconds=10)
def absent(bench):
    """66 for what is missing or no regular file, 78 or 65 for a file that is wrong."""
    emulator = bench.emulator()
    room = bench.room()
    config = os.path.join(room, "config.toml")
    cases = [("absent.toml", MISSING), (room, CONFIGURATION), ("/dev/zero", CONFIGURATION),
             ("/dev/null", CONFIGURATION)]
    for path, status in cases:
        path = os.path.join(room, path)
        for arguments in (("flyball", "check", path), ("flyballd", "--check", "--config", path)):
            code, messages = ends(bench, path, *arguments)
            check(code == status and path in messages, arguments, "ended with", code, messages)
    write(os.path.join(room, "empty.safetensors"), b"")
    cases = [("absent.safetensors", MISSING), (room, MISSING), ("/dev/zero", MISSING),
             ("/dev/null", MISSING), ("empty.safetensors", DAMAGED)]
    for model, status in cases:
        settings = LabConfig(emulator.link, records=None, model=model)
        write(config, settings.text().encode())
        for arguments in (("flyball", "check", config), ("flyballd", "--check", "--config", config),
                          ("flyballd", "--config", config, "--duration-s", "1")):
            code, messages = ends(bench, model, *arguments)
            check(code == status and model in messages, arguments, model, "ended with", code,
                  messages)
    untouched(emulator)


@scenario(
    "broken-fifo", "a model or a record that is a pipe: refused with a reason, not waited for",
    seconds=5)
def fifo(bench):
    """Whoever opens a pipe that nobody writes waits for ever, unless he asks not to."""
    emulator = bench.emulator()
    room = bench.room()
    config, pipe = os.path.join(room, "config.toml"), os.path.join(room, "pipe")
    os.mkfifo(pipe)
    wrong = []
    write(config, LabConfig(emulator.link, records=None, model="pipe").text().encode())
    for allowed, arguments in (
            ((CONFIGURATION,), ("flyball", "check", pipe)),
            ((CONFIGURATION,), ("flyballd", "--check", "--config", pipe)),
            ((MISSING,), ("flyball", "check", config)),
            ((MISSING,), ("flyballd", "--config", config, "--duration-s", "1")),
            ((MISSING,), ("flyball", "replay", pipe))):
        try:
            done = run_program(bench.build, *arguments, patience=PIPE_S)
            if done.returncode not in allowed or pipe not in done.stderr:
                wrong.append(f"{arguments} ended with {done.returncode}, {done.stderr}")
        except subprocess.TimeoutExpired:
            wrong.append(f"{arguments} waits")
    untouched(emulator)
    check(not wrong, "; ".join(wrong))


@scenario(
    "broken-plant", "a plant that is not known, a parameter that it lacks, a simulated sensor with "
    "a real heater, a board beside a simulated plant: exit 78 from `flyball check`, `flyballd --check` and `flyballd` alike",
    short=False, seconds=8)
def plant(bench):
    """What `--check` lets through, the daemon must run."""
    path = os.path.join(bench.room(), "config.toml")
    good = simulated_config()
    board = '\n[[device]]\nname = "board"\ndriver = "tclab"\npath = "/dev/null"\n'
    wrong = []
    for name, text in (
            ("plant", good.replace('plant = "tclab"', 'plant = "nuclear"')),
            ("parameter", good + "\n[simulation.parameters]\nfrobnicate = 1.0\n"),
            ("mixture", good.replace('"lab"\nchannel = "u1"', '"board"\nchannel = "Q1"') + board),
            ("unused board", good + board)):
        write(path, text.encode())
        for arguments in (("flyball", "check", path),
                          ("flyballd", "--config", path, "--duration-s", "1"),
                          ("flyballd", "--check", "--config", path)):
            code, messages = ends(bench, "plant:", *arguments)
            if code != CONFIGURATION or path not in messages:
                wrong.append(f"{name}: {' '.join(arguments[:2])} ended with {code}")
    check(not wrong, "; ".join(wrong))
