/// A small valid configuration of boards that tests break in one place each.
enum BoardBase {
    static let text = """
        schema = 1
        name = "oven"
        period_ms = 1000
        [[device]]
        name = "pins"
        driver = "gpio"
        [[device]]
        name = "pwm"
        driver = "pwm"
        path = "/sys/class/pwm/pwmchip0"
        [[device]]
        name = "wire"
        driver = "ds18b20"
        [[device]]
        name = "couple"
        driver = "hwmon"
        chip = "max31855"
        [[sensor]]
        name = "speed"
        device = "pins"
        channel = "GPIO17"
        measure = "frequency"
        debounce_us = 100
        scale = 30
        bias = "pull-up"
        unit = "rpm"
        range = ["0 rpm", "6000 rpm"]
        limit_high = "5500 rpm"
        limit_low = "0 rpm"
        max_rate = "5000 rpm/s"
        max_age_ms = 3000
        [[sensor]]
        name = "water"
        device = "wire"
        channel = "28-0316a279f6ff"
        unit = "C"
        range = ["0 C", "100 C"]
        limit_high = "90 C"
        limit_low = "0 C"
        max_rate = "20 C/s"
        max_age_ms = 5000
        [[actuator]]
        name = "fan"
        device = "pwm"
        channel = "0"
        pulse_period_us = 40
        pulse_low_us = 8
        unit = "%"
        range = ["0 %", "100 %"]
        safe = "100 %"
        slew = "100 %/s"
        max_age_ms = 3000
        [[actuator]]
        name = "heater"
        device = "pins"
        channel = "gpiochip0:18"
        window_ms = 2000
        min_on_ms = 100
        active_low = true
        unit = "%"
        range = ["0 %", "100 %"]
        safe = "0 %"
        slew = "100 %/s"
        max_age_ms = 3000
        [[loop]]
        name = "air"
        sensor = "speed"
        actuator = "fan"
        setpoint = "2000 rpm"
        law = "pid"
        pid = { kp = "0.01 %/rpm", ti_s = 5 }
        [[loop]]
        name = "bath"
        sensor = "water"
        actuator = "heater"
        setpoint = "50 C"
        law = "pid"
        pid = { kp = "5 %/C", ti_s = 100 }

        """
}
