/// A small valid configuration of a device that answers lines; tests break it in one place each.
enum LineBase {
    static let text = """
        schema = 1
        name = "oven"
        period_ms = 1000
        [[device]]
        name = "arduino"
        driver = "line"
        path = "/dev/serial/by-id/usb-Arduino"
        baud = 9600
        checksum = "xor"
        checksum_skip = 1
        [[sensor]]
        name = "water"
        device = "arduino"
        channel = "t1"
        request = "$READ"
        response = "$T1={t1} T2={t2},{*}"
        scale = 0.5
        unit = "C"
        range = ["0 C", "100 C"]
        limit_high = "90 C"
        limit_low = "0 C"
        max_rate = "20 C/s"
        max_age_ms = 5000
        [[actuator]]
        name = "heater"
        device = "arduino"
        channel = "q1"
        request = "$Q1 {q1}"
        response = "$Q1={q1}"
        decimals = 0
        scale = 2.55
        unit = "%"
        range = ["0 %", "100 %"]
        safe = "0 %"
        slew = "100 %/s"
        max_age_ms = 3000
        [[loop]]
        name = "bath"
        sensor = "water"
        actuator = "heater"
        setpoint = "50 C"
        law = "pid"
        pid = { kp = "5 %/C", ti_s = 100 }

        """
}
