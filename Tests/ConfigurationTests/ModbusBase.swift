/// A small valid configuration of a Modbus; tests break it in one place each.
enum ModbusBase {
    static let text = """
        schema = 1
        name = "oven"
        period_ms = 1000
        [[device]]
        name = "bus"
        driver = "modbus"
        path = "/dev/serial/by-id/usb-RS485"
        baud = 9600
        parity = "none"
        stop_bits = 2
        [[sensor]]
        name = "water"
        device = "bus"
        channel = "1:input:0"
        type = "f32"
        word_order = "low-first"
        scale = 0.1
        unit = "C"
        range = ["0 C", "100 C"]
        limit_high = "90 C"
        limit_low = "0 C"
        max_rate = "20 C/s"
        max_age_ms = 5000
        [[actuator]]
        name = "heater"
        device = "bus"
        channel = "2:holding:7"
        scale = 10
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
