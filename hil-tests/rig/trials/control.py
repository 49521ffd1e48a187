"""The service does what it is for."""

from stand import LIMIT_S, SAFE, UNIT
from trial import trial

#: In degrees: the mean over the time looked at, and the noise of one window of the line.
CLOSE_C = 0.5
#: Half a per cent is one edge in two windows, the rest is the fan's 100 ms windows.
CLOSE_RPM = 45.0
#: So often the reading is compared with the speed, which moves by an edge while one is asked for.
LOOKS = 20
#: The fan on a channel of pulses in place of its line.
PULSES = (
    ('[[sensor]]\nname = "t1"',
     '[[device]]\nname = "pulses"\ndriver = "pwm"\npath = "/sys/class/pwm/pwmchip0"\n\n'
     '[[sensor]]\nname = "t1"'),
    ('name = "fan"\ndevice = "pins"\nchannel = "FAN"\nwindow_ms = 100',
     'name = "fan"\ndevice = "pulses"\nchannel = "0"\npulse_period_us = 40'))


def mean(stand, read, seconds):
    """The mean of `read()` over so many seconds of the lines' time."""
    end = stand.target.now_ns() + seconds * 1e9
    values = []
    while stand.target.now_ns() < end:
        values.append(read())
        stand.target.sleep(0.05)
    return sum(values) / len(values)


@trial("control", "the installed service holds both heaters and the fan at their setpoints")
def control(stand):
    """Over a time-proportioned line and a serial line; the true temperatures are the plant's."""
    stand.heating()
    stand.check(stand.property("NRestarts") == "0", "restarted")
    stand.target.sleep(60)
    first = mean(stand, lambda: stand.plant.temperatures()[0], 10)
    second = stand.plant.temperatures()[1]
    speed = mean(stand, lambda: stand.plant.rpm, 5)
    stand.note(
        f"heater {first:.2f} C of 50, plate {second:.2f} C of 45, fan {speed:.0f} rpm of 1500")
    stand.check(abs(first - 50) < CLOSE_C, "heater at", first)
    stand.check(abs(second - 45) < 2 * CLOSE_C, "plate at", second)
    stand.check(abs(speed - 1500) < CLOSE_RPM, "fan at", speed)
    states = [each["state"] for each in stand.loops()]
    stand.check(states == ["learned", "fallback", "fallback"], "states", states)
    user = stand.target.must(f"ps -o user=,cls=,rtprio=,comm= -L -p {stand.main_pid()}")
    stand.check(user.split()[0] == "flyball", "runs as", user)
    stand.check("FF" in user, "no thread is SCHED_FIFO:", user)


@trial(
    "tachometer",
    "edges that the kernel stamps give the speed of the fan, and its line controls it")
def tachometer(stand):
    """The reading against the frequency that is on the line; the fan stops, and comes back."""
    stand.heating()
    stand.target.sleep(5)
    readings, speeds = [], []
    for _ in range(LOOKS):
        before = stand.plant.rpm
        readings.append(float(stand.loops()[2]["estimate"]))
        speeds.append((before + stand.plant.rpm) / 2)
    reading, speed = sum(readings) / LOOKS, sum(speeds) / LOOKS
    stand.note(f"reading {reading:.0f} rpm while the fan has {speed:.0f} rpm")
    stand.check(abs(reading - speed) < CLOSE_RPM, "reads", reading, "of", speed)
    on = stand.target.levels
    begin = stand.target.now_ns()
    stand.target.sleep(5)
    now = stand.target.now_ns()
    duty = on.seconds_at("FAN", "1", begin, now) / ((now - begin) / 1e9)
    stand.note(f"the fan's line is on for {duty:.2f} of the time")
    stand.check(abs(duty - 0.5) < 0.05, "half of the full speed takes", duty, "of the time")
    stand.check(stand.property("ActiveState") == "active", UNIT)


@trial(
    "pwm-fan",
    "a fan on a PWM channel of the kernel, with its tachometer: at its setpoint, and blowing in "
    "time after SIGTERM and after kill -9", needs="pulses")
def pwm_fan(stand):
    """Pulses go on when their process has died: `flyball safe` has to set the safe ones."""
    stand.plant.fan_wire = "PWM"
    stand.safe = {"HEATER": "0", "PWM": "1000"}
    try:
        stand.heating(*PULSES)
        stand.target.sleep(5)
        speed = mean(stand, lambda: stand.plant.rpm, 5)
        duty = int(stand.target.levels.now("PWM"))
        stand.note(f"fan {speed:.0f} rpm of 1500, on for {duty / 10:.1f} % of the time")
        stand.check(abs(speed - 1500) < CLOSE_RPM, "fan at", speed)
        stand.check(abs(duty - 500) < 30, "half of the full speed takes", duty, "per mille")
        pid = stand.main_pid()
        result = stand.target.run(f"kill -9 {pid}")
        stand.check_safe_after_start(result.begin_ns, "kill -9")
        stand.wait_heating()
        result = stand.target.run(f"systemctl stop {UNIT}")
        stand.check_safe_within(LIMIT_S, result.begin_ns, "stop")
        stand.stays_safe(2)
    finally:
        stand.plant.fan_wire = "FAN"
        stand.safe = dict(SAFE)
