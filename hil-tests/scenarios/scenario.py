"""A scenario: a name, what it states, and the function that tries it."""

from dataclasses import dataclass
from typing import Callable

#: All scenarios in the order of their files.
SCENARIOS = []


@dataclass
class Scenario:
    """One row of the table."""

    name: str
    sentence: str
    run: Callable
    #: Whether the short form has it too.
    is_short: bool
    #: Whether it needs the machine for itself.
    is_alone: bool
    #: About how long it takes; the longest begin first.
    seconds: float


def scenario(name, sentence, short=True, alone=False, seconds=10.0):
    """Registers the function below as a scenario."""

    def register(run):
        SCENARIOS.append(Scenario(name, sentence, run, short, alone, seconds))
        return run

    return register
