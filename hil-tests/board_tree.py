"""A board made of files: a PWM channel and a temperature, in the places where the kernel has them."""

import os
import time

_PWM = "sys/class/pwm/pwmchip0"
_MONITOR = "sys/class/hwmon/hwmon0"

#: A heater behind PWM, ten ticks a second; its safe level is 0 %.
CONFIG = """
schema = 1
name = "board"
period_ms = 100
[realtime]
priority = 0
lock_memory = false
[[device]]
name = "pwm"
driver = "pwm"
path = "/sys/class/pwm/pwmchip0"
[[device]]
name = "probe"
driver = "hwmon"
chip = "probe"
[[sensor]]
name = "oven"
device = "probe"
channel = "temp1"
unit = "C"
range = ["0 C", "120 C"]
limit_high = "90 C"
limit_low = "0 C"
max_rate = "200 C/s"
max_age_ms = 500
[[actuator]]
name = "heater"
device = "pwm"
channel = "0"
pulse_period_us = 1000
unit = "%"
range = ["0 %", "100 %"]
safe = "0 %"
slew = "1000 %/s"
max_age_ms = 400
[[loop]]
name = "oven"
sensor = "oven"
actuator = "heater"
setpoint = "50 C"
law = "pid"
pid = { kp = "1 %/C", ti_s = 100.0 }
[loop.supervisor]
bridge_ms = 300
recover_ms = 500
[record]
directory = "records"
"""


class BoardTree:
    """The tree, and what is written in it."""

    def __init__(self, root):
        """Makes it: 30 C, and a channel that does not run."""
        self.root = root
        for name, text in {
                f"{_PWM}/npwm": "1", f"{_PWM}/export": "", f"{_PWM}/pwm0/enable": "0",
                f"{_PWM}/pwm0/period": "0", f"{_PWM}/pwm0/duty_cycle": "0",
                f"{_PWM}/pwm0/polarity": "normal", f"{_MONITOR}/name": "probe",
                f"{_MONITOR}/temp1_input": "30000"}.items():
            path = os.path.join(root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="ascii") as file:
                file.write(text + "\n")

    def is_heating(self):
        """Whether the channel runs with a pulse."""
        return self._number("enable") == 1 and self._number("duty_cycle") > 0

    def seconds_until(self, is_heating, patience=30.0):
        """How long it takes until it heats, or no more; raises TimeoutError."""
        begin = time.monotonic()
        while self.is_heating() != is_heating:
            if time.monotonic() > begin + patience:
                raise TimeoutError(f"heating: {not is_heating} for {patience} s")
            time.sleep(0.002)
        return time.monotonic() - begin

    @property
    def probe(self):
        """The path of the temperature."""
        return os.path.join(self.root, _MONITOR, "temp1_input")

    def _number(self, name):
        """A file's number. Unlike the kernel's, it is empty for a moment while it is written."""
        while True:
            path = os.path.join(self.root, _PWM, "pwm0", name)
            with open(path, encoding="ascii") as file:
                text = file.read().strip()
            if text:
                return int(text)
