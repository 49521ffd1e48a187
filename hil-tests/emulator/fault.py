"""One fault: what it does, when, and the grammar it is written in."""

import re

#: Shown by --help; the parser below accepts exactly this.
GRAMMAR = """\
A fault is written KIND@START[+DURATION][:ARG]. START and DURATION are simulated seconds;
START may be `now`. Without DURATION a fault stays until it is cleared. CH is 1, 2 or both
(both if left out).

  silence        no reply. ARG: mute (default: commands still act) | deaf (they do not)
  garbage        random bytes instead of each reply. ARG: how many, 1...4096 (12)
  half           a reply stops in the middle of a line, no newline.
                 ARG: whole lines sent before it (0)
  flood          endless unasked lines at the speed of the line. ARG: the text (55.55)
  nan            text instead of temperatures. ARG: [CH][,TEXT] (both,nan)
  disconnect     the terminal and its link go away; after DURATION or `reconnect` a new one comes.
                 ARG: unpowered (default: heaters off, the board boots again) |
                 powered (heaters and board stay as they are)
  slow           replies come late. ARG: REAL milliseconds, 0...60000 (500)
  stuck          readings freeze. ARG: CH
  jump           an offset on the readings. ARG: [CH,]DEGREES, mandatory
  heater_stuck   ARG: MODE[,CH[,PERCENT]], PERCENT as found at START if left out. MODE:
                 output  the true output is PERCENT, replies look right
                 echo    the output is right, replies report PERCENT
                 ignore  the board keeps its level against all commands, and reports it
  reset          once: the board boots again, heaters off
"""

_SPEC = re.compile(
    r"(?P<kind>[a-z_]+)@(?P<start>now|\d+(?:\.\d+)?)(?:\+(?P<duration>\d+(?:\.\d+)?))?"
    r"(?::(?P<argument>.*))?", re.ASCII)
_CHANNELS = {"1": (0,), "2": (1,), "both": (0, 1)}


class FaultError(ValueError):
    """A fault's text is not of the grammar; the message says what was found."""


class Fault:
    """A fault with its times in simulated seconds and its argument split into named fields."""

    def __init__(self, text, now=0.0):
        """Parses `text`; raises FaultError. `now` is what START `now` means."""
        match = _SPEC.fullmatch(text.strip())
        if match is None:
            raise FaultError(f"fault {text!r} is not KIND@START[+DURATION][:ARG]")
        self.text = text.strip()
        self.kind = match["kind"]
        self.start = now if match["start"] == "now" else float(match["start"])
        self.end = None
        if match["duration"] is not None:
            self.end = self.start + float(match["duration"])
        self.channels = (0, 1)
        #: What the plant and the board showed when the fault began, per channel.
        self.found = {}
        parser = getattr(self, "_parse_" + self.kind, None)
        if parser is None:
            raise FaultError(f"no fault is called {self.kind!r}")
        parser(match["argument"] or "")

    def _choice(self, argument, *allowed):
        if argument == "":
            return allowed[0]
        if argument not in allowed:
            raise FaultError(f"{self.kind}: found {argument!r}, allowed are {', '.join(allowed)}")
        return argument

    def _number(self, text, low, high, default=None, kind=int):
        if text == "" and default is not None:
            return default
        try:
            value = kind(text)
        except ValueError:
            raise FaultError(f"{self.kind}: {text!r} is not a number") from None
        if not low <= value <= high:
            raise FaultError(f"{self.kind}: {text} is outside {low}...{high}")
        return value

    def _channel(self, text):
        if text not in _CHANNELS:
            raise FaultError(f"{self.kind}: channel {text!r} is not 1, 2 or both")
        return _CHANNELS[text]

    def _parse_silence(self, argument):
        self.deaf = self._choice(argument, "mute", "deaf") == "deaf"

    def _parse_garbage(self, argument):
        self.count = self._number(argument, 1, 4096, 12)

    def _parse_half(self, argument):
        self.whole_lines = self._number(argument, 0, 16, 0)

    def _parse_flood(self, argument):
        self.line = self._plain(argument or "55.55") + b"\r\n"

    def _parse_nan(self, argument):
        first, comma, rest = argument.partition(",")
        if first in _CHANNELS:
            self.channels = _CHANNELS[first]
            argument = rest
        elif comma:
            raise FaultError(f"nan: channel {first!r} is not 1, 2 or both")
        self.value = self._plain(argument or "nan")

    def _parse_disconnect(self, argument):
        self.powered = self._choice(argument, "unpowered", "powered") == "powered"

    def _parse_slow(self, argument):
        self.real_seconds = self._number(argument, 0, 60000, 500, float) / 1000

    def _parse_stuck(self, argument):
        self.channels = self._channel(argument or "both")

    def _parse_jump(self, argument):
        first, comma, rest = argument.partition(",")
        if comma:
            self.channels = self._channel(first)
        self.offset = self._number(rest if comma else first, -200, 200, kind=float)

    def _parse_heater_stuck(self, argument):
        mode, _, rest = argument.partition(",")
        channel, _, percent = rest.partition(",")
        self.mode = self._choice(mode, "output", "echo", "ignore")
        self.channels = self._channel(channel or "both")
        self.percent = None
        if percent:
            self.percent = self._number(percent, 0, 100, kind=float)

    def _parse_reset(self, argument):
        self._choice(argument, "")

    def _plain(self, text):
        if not text.isascii() or not text.isprintable() or len(text) > 60:
            raise FaultError(f"{self.kind}: the text must be printable ASCII, 60 at most")
        return text.encode("ascii")
