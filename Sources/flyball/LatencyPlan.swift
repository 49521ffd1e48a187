import Configuration

/// What is measured when no configuration is given: three loops, each with the learned law that is
/// written down from its PID's gains.
enum LatencyPlan {
    static let builtIn = "built-in"

    static func settings() throws(ConfigurationError) -> Settings {
        var text = """
            schema = 1
            name = "latency"
            period_ms = 1
            [realtime]
            priority = 80
            idle_latency_us = 0
            [simulation]
            plant = "quadruple-tank"
            [[device]]
            name = "plant"
            driver = "sim"

            """
        for index in 1...3 {
            text += loop(index)
        }
        return try parse(text: text, path: builtIn)
    }

    private static func loop(_ index: Int) -> String {
        """
        [[sensor]]
        name = "y\(index)"
        device = "plant"
        channel = "y\(index)"
        unit = "C"
        range = ["0 C", "120 C"]
        limit_high = "110 C"
        limit_low = "0 C"
        max_rate = "20000 C/s"
        max_age_ms = 100
        [[actuator]]
        name = "u\(index)"
        device = "plant"
        channel = "u\(index)"
        unit = "%"
        range = ["0 %", "100 %"]
        safe = "0 %"
        slew = "1000 %/s"
        max_age_ms = 100
        [[loop]]
        name = "loop\(index)"
        sensor = "y\(index)"
        actuator = "u\(index)"
        setpoint = "50 C"
        law = "learned"
        pid = { kp = "2 %/C", ti_s = 10.0 }
        learned = { model = "from-pid" }

        """
    }
}
