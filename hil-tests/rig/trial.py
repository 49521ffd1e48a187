"""A trial: a name, what it states, and the function that tries it."""

from dataclasses import dataclass
from typing import Callable

#: All trials in the order of their files.
TRIALS = []
#: What a trial may need besides lines, serial line and commands: only the emulator has such hands.
HANDS = {
    "power": "cuts the power",
    "reset": "hangs the kernel, and has to hear of the hardware watchdog's reset",
    "cable": "pulls the cable of the serial adapter",
    "chip": "takes the GPIO chip away from under the daemon",
    "disk": "fills the whole disk",
    "pulses": "looks at the pin of a PWM channel",
    "levels": "changes what the kernel does to a line that is given back",
}


@dataclass
class Trial:
    """One row of the table."""

    name: str
    sentence: str
    run: Callable
    #: Whether the short form has it too.
    is_short: bool
    #: One of HANDS, or "".
    needs: str


def trial(name, sentence, short=False, needs=""):
    """Registers the function below as a trial."""
    assert not needs or needs in HANDS

    def register(run):
        TRIALS.append(Trial(name, sentence, run, short, needs))
        return run

    return register
