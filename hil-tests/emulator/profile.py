"""What the firmwares of the TCLab do differently."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """One firmware. Versions before 1.2.3 speak at 9600 baud, later ones at 115200."""

    version: str
    baud: int = 115200
    #: The reply to VER; `{board}` is the name of the board.
    version_line: str = "TCLab Firmware {version} {board}"
    version_commands: tuple = (b"VER",)
    #: The reply to X. None: the unknown-command rule applies, which echoes.
    stop_reply: bytes | None = b"Stop"
    #: What an unknown command does: echo (heaters off), ignore (no reply), sleep (says Stop).
    unknown: str = "echo"
    #: Whether CR ends a command as LF does. Without it only LF or a second of silence does.
    carriage_return_ends: bool = True
    #: Decimals of temperatures and heater levels; levels None = integers.
    temperature_decimals: int = 2
    level_decimals: int | None = 2
    #: One step of the converter in degrees Celsius, and how many readings are averaged.
    quantum: float = 0.3223
    readings: int = 1
    #: Q takes the pulse width itself (0...150) instead of percent.
    raw_widths: bool = False
    has_restart: bool = True
    has_limits: bool = True
    has_scan: bool = True
    has_binary: bool = False
    #: The command is never cleared: it acts and answers on every loop until another comes.
    repeats: bool = False
    #: Heaters off and unasked lines at 100 C.
    cuts_when_hot: bool = False
    #: Seconds without a command until the board falls asleep. None: never.
    timeout: float | None = None


#: 330/1024: the exact step of 10 bits at 3.3 V, which some firmwares use.
EXACT_QUANTUM = 0.322265625

PROFILES = {
    profile.version: profile
    for profile in (
        Profile(
            "0.03", baud=9600, version_line="TClab Firmware Version {version}",
            version_commands=(b"V",), unknown="sleep", level_decimals=None,
            quantum=EXACT_QUANTUM, raw_widths=True, has_limits=False, has_scan=False,
            timeout=300.0),
        Profile(
            "1.01", baud=9600, version_line="TCLab Firmware Version {version}",
            version_commands=(b"V", b"VER"), unknown="ignore", carriage_return_ends=False,
            quantum=EXACT_QUANTUM, readings=10, has_restart=False, has_limits=False,
            has_scan=False, cuts_when_hot=True),
        Profile("1.3.0", stop_reply=None, level_decimals=None),
        Profile("1.4.0", stop_reply=None, repeats=True),
        Profile("1.4.3"),
        Profile(
            "2.0.1", temperature_decimals=3, level_decimals=3, quantum=EXACT_QUANTUM,
            readings=10, has_binary=True),
    )
}

BOARDS = {"uno": "Arduino Uno", "leonardo": "Arduino Leonardo/Micro"}
