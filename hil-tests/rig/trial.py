"""A trial: a name, what it states, and the function that tries it."""

from dataclasses import dataclass
from typing import Callable

#: All trials in the order of their files.
TRIALS = []


@dataclass
class Trial:
    """One row of the table."""

    name: str
    sentence: str
    run: Callable
    #: Whether the short form has it too.
    is_short: bool


def trial(name, sentence, short=False):
    """Registers the function below as a trial."""

    def register(run):
        TRIALS.append(Trial(name, sentence, run, short))
        return run

    return register
