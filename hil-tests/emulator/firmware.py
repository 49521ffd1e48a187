"""The program on the board: bytes in, replies out, heaters driven."""

import math
import re
import struct

from .lab import DEFAULT_LIMITS

#: The firmware's buffer: a command without an end is cut here.
BUFFER_BYTES = 64
#: How long the oldest firmwares wait for the rest of a line, in seconds.
LINE_TIMEOUT = 1.0
#: Both heaters off at this temperature in firmware 1.01, in degrees Celsius.
CUT_TEMPERATURE = 100.0
#: The largest pulse width that firmware 0.03 allows.
RAW_LIMIT = 150

_NUMBER = re.compile(rb"\s*([+-]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))", re.IGNORECASE)


def least(first, second):
    """Arduino's min macro, which gives the second when one is not a number."""
    return first if first < second else second


def greatest(first, second):
    """Arduino's max macro, which gives the second when one is not a number."""
    return first if first > second else second


def to_float(text):
    """Arduino's toFloat: the number at the start of the text, 0 without one."""
    match = _NUMBER.match(text)
    return float(match[1]) if match else 0.0


def to_int(value):
    """A float stored in a 16-bit int: truncated, wrapped, 0 when not finite."""
    if not math.isfinite(value):
        return 0
    return (int(value) + 0x8000) % 0x10000 - 0x8000


def to_width(value):
    """What analogWrite makes of a value."""
    return max(0, min(255, int(value))) if math.isfinite(value) else 0


class Firmware:
    """One firmware on one board. Times are simulated seconds."""

    def __init__(self, profile, board_name, lab, byte_seconds):
        """`byte_seconds` is how long the line takes for one byte, in simulated seconds."""
        self.profile = profile
        self.lab = lab
        self._byte_seconds = byte_seconds
        line = profile.version_line.format(version=profile.version, board=board_name)
        self._version_reply = line.encode("ascii") + b"\r\n"
        self._commands = self._command_table()
        self.boot(0.0)

    def boot(self, now):
        """Power-up or reset: heaters off, all settings fresh."""
        self.levels = [0, 0]
        self.limits = list(DEFAULT_LIMITS)
        self.led = 100.0
        self.asleep = False
        self._buffer = bytearray()
        self._last_byte = now
        self._last_command = now
        self._repeated = None
        self._repeat_at = None
        for channel in (0, 1):
            self.lab.write(channel, 0, "boot")

    def receive(self, octets, now):
        """Takes bytes from the line; gives (command text, reply) for each command among them."""
        answers = []
        for octet in octets:
            self._last_byte = now
            ends = octet == 0x0A or (octet == 0x0D and self.profile.carriage_return_ends)
            if not ends and len(self._buffer) < BUFFER_BYTES:
                self._buffer.append(octet)
                # The oldest firmwares read a block: it is full at the last byte, not after it.
                full = not self.profile.carriage_return_ends
                if not full or len(self._buffer) < BUFFER_BYTES:
                    continue
            answers.append(self._complete(now))
        return [answer for answer in answers if answer[0] or answer[1]]

    def tick(self, now):
        """What the board does without a new byte; gives answers as `receive` does."""
        answers = []
        if self.profile.cuts_when_hot and now >= self._last_byte + LINE_TIMEOUT:
            self._last_byte = now
            answers.append(self._complete(now))
        timeout = self.profile.timeout
        if timeout is not None and not self.asleep and now > self._last_command + timeout:
            self._all_off("timeout")
            self.asleep = True
        repetitions = b""
        while self._repeat_at is not None and now >= self._repeat_at:
            reply = self._execute(*self._repeated)
            repetitions += reply
            # After a pause of the emulator the line does not catch up.
            behind = now - self._repeat_at > 4096 * self._byte_seconds
            self._repeat_at = now if behind else self._repeat_at
            self._repeat_at += max(1, len(reply)) * self._byte_seconds
        answers.append((b"", repetitions))
        return [answer for answer in answers if answer[0] or answer[1]]

    def next_tick(self):
        """When `tick` has something to do, or None."""
        times = [self._repeat_at]
        if self.profile.cuts_when_hot:
            times.append(self._last_byte + LINE_TIMEOUT)
        if self.profile.timeout is not None and not self.asleep:
            times.append(self._last_command + self.profile.timeout)
        return min((time for time in times if time is not None), default=None)

    def _complete(self, now):
        """Parses and runs what the buffer holds, as one turn of the board's loop."""
        text = bytes(self._buffer).split(b"\0")[0]
        self._buffer.clear()
        first, _, rest = text.partition(b" ")
        name = first.strip().upper()
        value = to_float(rest.strip() if b" " in text else text.strip())
        reply = b""
        if name:
            self._last_command = now
            reply = self._execute(name, value)
        if self.profile.repeats:
            # An empty command ends the repetition: CRLF hides the defect, a lone LF shows it.
            self._repeated = (name, value)
            self._repeat_at = now + len(reply) * self._byte_seconds if name else None
        if self.profile.cuts_when_hot:
            reply += self._cut_when_hot()
        return text, reply

    def _execute(self, name, value):
        command = self._commands.get(name)
        if command is not None:
            return command(value)
        if self.profile.unknown == "ignore":
            return b""
        self._all_off(name.decode("latin-1"))
        if self.profile.unknown == "sleep":
            self.asleep = True
            return b"Stop\r\n"
        return name + b"\r\n"

    def _command_table(self):
        profile = self.profile
        table = {b"LED": self._set_led}
        for channel, digit in enumerate((b"1", b"2")):
            table[b"T" + digit] = lambda _, ch=channel: self._temperature_line(ch)
            table[b"Q" + digit] = lambda value, ch=channel: self._set_level(ch, value)
            if profile.has_limits:
                table[b"R" + digit] = lambda _, ch=channel: self._level_line(ch)
                table[b"P" + digit] = lambda value, ch=channel: self._set_limit(ch, value)
        for name in profile.version_commands:
            table[name] = lambda _: self._version_reply
        if profile.has_scan:
            table[b"SCAN"] = lambda _: self._scan()
        if profile.has_restart:
            table[b"A"] = lambda _: self._restart()
        if profile.stop_reply is not None:
            table[b"X"] = lambda _: self._stop()
        if profile.has_binary:
            table[b"T1B"] = lambda _: self._temperature_bytes(0)
            table[b"T2B"] = lambda _: self._temperature_bytes(1)
            table[b"Q1B"] = lambda value: self._set_level_bytes(value, 0)
            # The published 2.0.1 drives heater 1 here, and reports heater 2.
            table[b"Q2B"] = lambda value: self._set_level_bytes(value, 1)
        return table

    def _set_level(self, channel, value):
        self._drive(channel, value, f"Q{channel + 1}")
        return self._level_line(channel)

    def _drive(self, channel, value, cause):
        if self.asleep or not self.lab.obeys(channel):
            return
        if self.profile.raw_widths:
            level = greatest(0, least(RAW_LIMIT, to_int(value)))
            width = level
        elif self.profile.level_decimals is None:
            level = greatest(0, least(to_int(value), 100))
            width = to_width(level * self.limits[channel] / 100)
        elif not self.profile.has_limits:
            level = greatest(0.0, least(100.0, value))
            width = to_width(level * DEFAULT_LIMITS[channel] / 100)
        else:
            level = greatest(0.0, least(value, 100.0))
            width = to_width(level * self.limits[channel] / 100)
        self.levels[channel] = level
        self.lab.write(channel, width, cause)

    def _all_off(self, cause):
        for channel in (0, 1):
            self._drive(channel, 0.0, cause)

    def _level_line(self, channel):
        level = self.lab.reported(channel, self.levels[channel])
        decimals = self.profile.level_decimals
        return b"%d\r\n" % level if decimals is None else self._float_line(level, decimals)

    def _temperature(self, channel):
        return self.lab.temperature(channel, self.profile.quantum, self.profile.readings)

    def _temperature_line(self, channel):
        spoiled = self.lab.spoiled_text(channel)
        if spoiled is not None:
            return spoiled + b"\r\n"
        return self._float_line(self._temperature(channel), self.profile.temperature_decimals)

    def _temperature_bytes(self, channel):
        spoiled = self.lab.spoiled_text(channel)
        return struct.pack("<f", self._temperature(channel) if spoiled is None else math.nan)

    def _set_level_bytes(self, value, reported_channel):
        self._drive(0, value, "Q1B" if reported_channel == 0 else "Q2B")
        level = self.lab.reported(reported_channel, self.levels[reported_channel])
        return struct.pack("<f", level)

    def _set_limit(self, channel, value):
        # The new limit acts from the next Q on, as on the board.
        if self.profile.level_decimals is None:
            value = to_int(value)
        self.limits[channel] = float(greatest(0, least(255, value)))
        return self._float_line(self.limits[channel], 2)

    def _set_led(self, value):
        if self.profile.raw_widths or self.profile.level_decimals is None:
            value = to_int(value)
        self.led = float(greatest(0, least(100, value)))
        return self._float_line(self.led, 2)

    def _scan(self):
        lines = [self._temperature_line(channel) for channel in (0, 1)]
        lines += [self._level_line(channel) for channel in (0, 1)]
        return b"".join(lines)

    def _restart(self):
        self.asleep = False
        self._all_off("A")
        return b"Start\r\n"

    def _stop(self):
        self._all_off("X")
        self.asleep = self.profile.unknown == "sleep"
        return self.profile.stop_reply + b"\r\n"

    def _cut_when_hot(self):
        sent = b""
        for channel in (0, 1):
            degrees = self.lab.temperature(channel, self.profile.quantum, 1)
            if degrees >= CUT_TEMPERATURE:
                self._all_off("hot")
                sent += b"High Temp %d (>100C): \r\n" % (channel + 1)
                sent += self._float_line(degrees, 2)
        return sent

    @staticmethod
    def _float_line(value, decimals):
        return b"%.*f\r\n" % (decimals, value)
