"""The heaters and sensors of a TCLab (the equations of TCLabModel in the `tclab` package)."""

import random

#: The longest Euler step in simulated seconds, as in TCLabModel.
LONGEST_STEP = 0.2
#: Standard deviation of one reading in degrees Celsius, as in TCLabModel.
NOISE = 0.043
#: What a TMP36 at the converter's input can show, in degrees Celsius.
SENSOR_RANGE = (-50.0, 132.2)


class Plant:
    """Two heaters that warm each other, each watched by a sensor that lags behind it.

    dH1/dt = 100*w1/5720 + (Ta-H1)/20 - (H1-H2)/100, dH2/dt alike with the sign turned,
    dTi/dt = (Hi-Ti)/140, where w is the width of the pulse, 0...255. TCLabModel writes P*Q for
    100*w; the board truncates w to an integer, so does this plant.
    """

    def __init__(self, ambient, seed, noise=NOISE):
        self.ambient = ambient
        self.noise = noise
        self.heaters = [ambient, ambient]
        self.sensors = [ambient, ambient]
        self.widths = [0, 0]
        self.hottest = [ambient, ambient]
        self._time = 0.0
        self._random = random.Random(seed)

    def advance(self, now):
        """Integrates to `now` (simulated seconds) with the present pulse widths."""
        while self._time < now:
            step = min(LONGEST_STEP, now - self._time)
            self._euler(step)
            # A step too short to move the sum would never end the loop.
            self._time = now if now - self._time <= LONGEST_STEP else self._time + step

    def _euler(self, step):
        heater1, heater2 = self.heaters
        sensor1, sensor2 = self.sensors
        width1, width2 = self.widths
        exchange = (heater1 - heater2) / 100
        slope1 = width1 * 100 / 5720 + (self.ambient - heater1) / 20 - exchange
        slope2 = width2 * 100 / 5720 + (self.ambient - heater2) / 20 + exchange
        self.sensors[0] = sensor1 + step * (heater1 - sensor1) / 140
        self.sensors[1] = sensor2 + step * (heater2 - sensor2) / 140
        self.heaters[0] = heater1 + step * slope1
        self.heaters[1] = heater2 + step * slope2
        for channel in (0, 1):
            self.hottest[channel] = max(self.hottest[channel], self.sensors[channel])

    def reading(self, channel):
        """The sensor's temperature with noise, in degrees Celsius, before the converter."""
        noisy = self.sensors[channel] + self._random.gauss(0.0, self.noise)
        return max(SENSOR_RANGE[0], min(SENSOR_RANGE[1], noisy))
