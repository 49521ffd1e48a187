extension Mistake {
    /// Values that contradict each other.
    static let relations = [
        Mistake(
            "overrun = \"skip\"", "overrun = \"safe\"\noverrun_limit = 6\noverrun_window = 5",
            """
            6:18: overrun_window: found 5; allowed is from overrun_limit = 6 to 64
            """),
        Mistake(
            "priority = 50", "budget_us = 1000001",
            """
            6:13: realtime.budget_us: found 1000001; allowed is up to the period, 1000000
            """),
        Mistake(
            "priority = 50", "scheduler = \"deadline\"",
            """
            6:13: realtime.budget_us: missing; scheduler = "deadline" needs it: what the kernel is to \
            guarantee in each period
            """),
        Mistake(
            "priority = 50", "scheduler = \"deadline\"\nbudget_us = 500\ncpu = 2",
            """
            8:7: realtime.cpu: found 2; not with scheduler = "deadline": the kernel refuses to \
            bind such a thread
            """),
        Mistake(
            "range = [\"0 C\", \"120 C\"]", "range = [\"120 C\", \"0 C\"]",
            """
            28:9: sensor.range: found "120 C" and "0 C"; the first must be below the second by \
            0.001
            """),
        Mistake(
            "range = [\"0 C\", \"120 C\"]", "range = [\"0 C\"]",
            """
            28:9: sensor.range: found an array of 1; allowed is [low, high] with the unit "C", \
            as in ["0 C", "120 C"]
            """),
        Mistake(
            "range = [\"0 C\", \"120 C\"]", "range = [\"-20000 C\", \"20000 C\"]",
            """
            28:9: sensor.range: found "-20000 C" and "20000 C"; they must be less than 32768 \
            apart
            """),
        Mistake(
            "safe = \"0 %\"", "safe = \"-1 %\"",
            """
            39:8: actuator.safe: found "-1 %"; allowed is from 0 to 100, the range of the \
            actuator
            """),
        Mistake(
            "limit_high = \"90 C\"", "limit_high = \"130 C\"",
            """
            29:14: sensor.limit_high: found "130 C"; allowed is from 0 to 120, the range of the \
            sensor: a reading outside is implausible and latches late
            """),
        Mistake(
            "limit_low = \"0 C\"", "limit_low = \"-5 C\"",
            """
            30:13: sensor.limit_low: found "-5 C"; allowed is from 0 to 120, the range of the \
            sensor: a reading outside is implausible and latches late
            """),
        Mistake(
            "limit_high = \"90 C\"", "limit_high = \"-6 C\"",
            """
            29:14: sensor.limit_high: found "0 C" and "-6 C" as limits; limit_low must be \
            below limit_high
            """),
        Mistake(
            "setpoint = \"50 C\"", "setpoint = \"95 C\"",
            """
            46:12: loop.setpoint: found "95 C"; allowed is between 0 and 90, the limits of \
            sensor "t1"
            """),
        Mistake(
            "setpoint = \"40 C\"", "setpoint = \"140 C\"",
            """
            51:12: loop.profile.setpoint: found "140 C"; allowed is from 0 to 120, the range \
            of sensor "t1"
            """),
        Mistake(
            "max_age_ms = 5000", "max_age_ms = 500",
            """
            32:14: sensor.max_age_ms: found 500; allowed is at least period_ms = 1000
            """),
        Mistake(
            "max_age_ms = 3000", "max_age_ms = 1000",
            """
            41:14: actuator.max_age_ms: found 1000; allowed is more than period_ms = 1000
            """),
        Mistake(
            "at_s = 700", "at_s = 600",
            """
            53:8: loop.profile.at_s: found 600 after 600; times increase from entry to entry
            """),
        Mistake(
            "kind = \"load\"\nvalue = 10.0", "kind = \"setpoint\"\nvalue = \"99 C\"",
            """
            14:9: simulation.event.value: found "99 C"; allowed is between 0 and 90, the \
            limits of sensor "t1"
            """),
    ]
}
