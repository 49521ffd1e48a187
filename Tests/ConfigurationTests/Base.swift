/// A small valid configuration that tests break in one place each.
enum Base {
    static let text = """
        schema = 1
        name = "oven"
        period_ms = 1000
        overrun = "skip"
        [realtime]
        priority = 50
        [simulation]
        plant = "tclab"
        noise = "0.04 C"
        parameters = { Ta = 23.0 }
        [[simulation.event]]
        at_s = 300
        kind = "load"
        value = 10.0
        [[device]]
        name = "lab"
        driver = "tclab"
        path = "/dev/ttyACM0"
        [[device]]
        name = "model"
        driver = "tclab"
        path = "/dev/ttyACM1"
        [[sensor]]
        name = "t1"
        device = "lab"
        channel = "T1"
        unit = "C"
        range = ["0 C", "120 C"]
        limit_high = "90 C"
        limit_low = "0 C"
        max_rate = "20 C/s"
        max_age_ms = 5000
        [[actuator]]
        name = "q1"
        device = "lab"
        channel = "Q1"
        unit = "%"
        range = ["0 %", "100 %"]
        safe = "0 %"
        slew = "100 %/s"
        max_age_ms = 3000
        [[loop]]
        name = "heater"
        sensor = "t1"
        actuator = "q1"
        setpoint = "50 C"
        ramp = "1 C/s"
        law = "learned"
        [[loop.profile]]
        at_s = 600
        setpoint = "40 C"
        [[loop.profile]]
        at_s = 700
        setpoint = "45 C"
        [loop.pid]
        kp = "8.5 %/C"
        ti_s = 70.0
        b = 1
        [loop.learned]
        model = "from-pid"
        [record]
        every = 1

        """

    /// The text with the first occurrence of a part replaced; nil when there is none.
    static func replacing(_ part: String, with replacement: String) -> String? {
        guard let range = text.firstRange(of: part) else { return nil }
        return text.replacingCharacters(in: range, with: replacement)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String)
        -> String
    {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
