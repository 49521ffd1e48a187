"""Configurations made wrong, from good ones, by chance with a seed."""

import re
from dataclasses import dataclass

#: One above what the daemon reads.
TOO_LARGE = (1 << 20) + 1
#: Keys without a default, wherever they stand.
MANDATORY = (
    "schema", "name", "period_ms", "device", "driver", "sensor", "actuator", "channel", "unit",
    "range", "limit_high", "limit_low", "max_rate", "max_age_ms", "safe", "slew", "setpoint",
    "law", "kp", "ti_s")
_NUMBER = re.compile(r"^-?[0-9][0-9.]*$")
_QUANTITY = re.compile(r'^"-?[0-9.]+ \S+"$')


@dataclass
class Damaged:
    """What was made of a file."""

    kind: str
    content: bytes
    #: Whether it cannot be valid any more; else it may be by luck.
    is_surely_broken: bool
    #: The line that a message must name; None where that is not determined.
    line: int | None = None


def _assignments(lines):
    """(index, key, value) of the lines `key = value` outside `parameters`, whose keys are free."""
    found = []
    section = ""
    for index, line in enumerate(lines):
        if line.startswith("["):
            section = line
        match = re.match(r"^([a-z_]+) = (.*)$", line)
        if match and "parameters" not in section:
            found.append((index, match.group(1), match.group(2)))
    return found


def _line(lines, index, text, kind):
    """With one line replaced by a wrong one."""
    changed = [*lines[:index], text, *lines[index + 1:]]
    return Damaged(kind, "\n".join(changed).encode(), True, index + 1)


def wrong_type(lines, chance):
    """Text for a number, a number for a text."""
    index, key, value = chance.choice(_assignments(lines))
    wrong = 12 if value.startswith('"') else '"twelve"'
    return _line(lines, index, f"{key} = {wrong}", "wrong type")


def huge_number(lines, chance):
    """Beyond every limit, and beyond what 64 bits hold."""
    index, key, _ = chance.choice(
        [each for each in _assignments(lines) if _NUMBER.match(each[2])])
    wrong = chance.choice(("1e300", "9223372036854775807", "9" * 40, "-1e300"))
    return _line(lines, index, f"{key} = {wrong}", "huge number")


def huge_quantity(lines, chance):
    """The same with a unit."""
    index, key, value = chance.choice(
        [each for each in _assignments(lines) if _QUANTITY.match(each[2])])
    wrong = chance.choice(("1e300", "40000", "-40000", "9" * 400, "0x10", "1e", "--1"))
    return _line(lines, index, f'{key} = "{wrong} {value.split(" ")[1]}', "huge quantity")


def wrong_unit(lines, chance):
    """A unit of something else, or none."""
    index, key, value = chance.choice(
        [each for each in _assignments(lines) if _QUANTITY.match(each[2])])
    wrong = chance.choice((" furlong", " K", "", " C C", " /s"))
    return _line(lines, index, f'{key} = {value.split(" ")[0]}{wrong}"', "wrong unit")


def not_finite(lines, chance):
    """NaN and infinity, bare and with a unit."""
    index, key, value = chance.choice(
        [each for each in _assignments(lines)
         if _NUMBER.match(each[2]) or _QUANTITY.match(each[2])])
    wrong = chance.choice(("nan", "inf", "-inf"))
    if value.startswith('"'):
        wrong = f'"{wrong} {value.split(" ")[1]}'
    return _line(lines, index, f"{key} = {wrong}", "not finite")


def unknown_key(lines, chance):
    """A key that nobody reads, also a known one with a slip of the pen."""
    index, key, _ = chance.choice(_assignments(lines))
    added = chance.choice(("frobnicate", key + "s", key[:-1] + "_"))
    damaged = _line(lines, index, f"{lines[index]}\n{added} = 1", "unknown key")
    damaged.line += 1
    return damaged


def missing_key(lines, chance):
    """A mandatory key is gone, a protective limit more often than others."""
    wanted = chance.choice((MANDATORY, ("limit_high", "limit_low", "safe", "range")))
    index, key, _ = chance.choice([each for each in _assignments(lines) if each[1] in wanted])
    return Damaged(
        f"missing {key}", "\n".join([*lines[:index], *lines[index + 1:]]).encode(), True)


def twice(lines, chance):
    """A key stands twice."""
    index, key, value = chance.choice(_assignments(lines))
    damaged = _line(lines, index, f"{lines[index]}\n{key} = {value}", "twice")
    damaged.line += 1
    return damaged


def nesting(lines, chance):
    """Arrays, tables and dotted keys far inside each other."""
    index, key, _ = chance.choice(_assignments(lines))
    depth = chance.choice((17, 200, 20_000, 200_000))
    text = chance.choice((
        f"{key} = " + "[" * depth + "]" * depth,
        f"{key} = " + "{a = " * depth + "1" + "}" * depth,
        ".".join([key] * depth) + " = 1",
        f"{key} = " + "[" * depth))
    damaged = _line(lines, index, text, f"nesting {depth}")
    # Where in a line of 64 KiB and more it is too much is the parser's affair, and so is a limit of
    # the whole file.
    damaged.line = None
    return damaged


def huge_size(lines, chance):
    """Too large a file, text, or list of tables."""
    text = "\n".join(lines)
    made = chance.choice((
        text + "\n# " + "x" * TOO_LARGE,
        text + "\n" * TOO_LARGE,
        text.replace('name = "', 'name = "' + "a" * 100_000, 1),
        text + "\n[[sensor]]" * 50_000))
    return Damaged("huge size", made.encode(), True)


def bad_bytes(lines, chance):
    """Bytes that are no text: NUL, and what UTF-8 forbids."""
    content = "\n".join(lines).encode()
    place = chance.randrange(len(content))
    wrong = chance.choice((b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"))
    return Damaged("bad bytes", content[:place] + wrong + content[place:], True)


def truncated(lines, chance):
    """The file ends somewhere."""
    content = "\n".join(lines).encode()
    return Damaged("truncated", content[:chance.randrange(len(content))], False)


def flipped(lines, chance):
    """One to three bits are wrong."""
    content = bytearray("\n".join(lines).encode())
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return Damaged("flipped", bytes(content), False)


def swapped(lines, chance):
    """Two lines have changed places."""
    first, second = chance.sample(range(len(lines)), 2)
    changed = list(lines)
    changed[first], changed[second] = changed[second], changed[first]
    return Damaged("swapped", "\n".join(changed).encode(), False)


KINDS = (
    wrong_type, huge_number, huge_quantity, wrong_unit, not_finite, unknown_key, missing_key, twice,
    nesting, huge_size, bad_bytes, truncated, flipped, swapped)


def damage(text, number, chance):
    """One damaged file of a text; the kinds take turns."""
    return KINDS[number % len(KINDS)](text.split("\n"), chance)
