extension Mistake {
    /// What a driver or a clock could not do.
    static let drivers = [
        Mistake(
            "path = \"/dev/ttyACM0\"\n", "path = \"/dev/ttyACM0\"\ndeadline_ms = 2001\n",
            """
            19:15: device.deadline_ms: found 2001; allowed is an integer from 10 to 2000
            """),
        Mistake(
            "period_ms = 1000", "period_ms = 150",
            """
            41:14: actuator.max_age_ms: found 199; allowed is at least 200 on a TCLab: two \
            cycles of requests
            """, and: ("max_age_ms = 3000", "max_age_ms = 199")),
        Mistake(
            "range = [\"0 %\", \"100 %\"]", "range = [\"0 %\", \"101 %\"]",
            """
            38:9: actuator.range: found 0 to 101; a heater of a TCLab goes from 0 to 100
            """),
        Mistake(
            "driver = \"tclab\"\npath = \"/dev/ttyACM1\"", "driver = \"sim\"",
            """
            21:10: device.driver: found "sim" beside "tclab"; all devices are simulated, or none: \
            the clocks differ
            """),
        Mistake(
            "[[device]]\n", "[[device]]\nname = \"plant\"\ndriver = \"sim\"\n[[device]]\n",
            """
            20:10: device.driver: found "tclab" beside "sim"; all devices are simulated, or none: \
            the clocks differ
            24:10: device.driver: found "tclab" beside "sim"; all devices are simulated, or none: \
            the clocks differ
            """),
        Mistake(
            "plant = \"tclab\"\n", "plant = \"tclab\"\nspeed = 500.0\n",
            """
            9:9: simulation.speed: found 500 with period_ms = 4; allowed is up to 400: a tick \
            takes 0.01 ms of real time at least
            """, and: ("period_ms = 1000", "period_ms = 4")),
        Mistake(
            "[[loop]]\n",
            """
            [[sensor]]
            name = "again"
            device = "lab"
            channel = "T1"
            unit = "C"
            range = ["0 C", "120 C"]
            limit_high = "90 C"
            limit_low = "0 C"
            max_rate = "20 C/s"
            max_age_ms = 5000
            [[actuator]]
            name = "q2"
            device = "lab"
            channel = "Q2"
            unit = "%"
            range = ["0 %", "100 %"]
            safe = "0 %"
            slew = "100 %/s"
            max_age_ms = 3000
            [[loop]]
            name = "other"
            sensor = "again"
            actuator = "q2"
            setpoint = "50 C"
            law = "pid"
            pid = { kp = "1 %/C", ti_s = 0 }
            [[loop]]

            """,
            """
            70:10: loop.sensor: found "t1", whose channel "T1" loop "other" reads; each channel \
            of a device has one reader
            """),
    ]
}
