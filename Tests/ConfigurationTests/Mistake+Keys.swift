extension Mistake {
    /// Keys and tables that are unknown, missing or out of place.
    static let keys = [
        Mistake(
            "period_ms", "period_m",
            """
            1:1: period_ms: missing; allowed is an integer from 1 to 60000
            3:1: period_m: unknown key; known here are schema, name, period_ms, overrun, \
            overrun_limit, overrun_window, realtime, simulation, device, sensor, actuator, loop, interlock, record, control; did \
            you mean "period_ms"?
            """),
        Mistake(
            "priority", "prioritty",
            """
            6:1: realtime.prioritty: unknown key; known here are scheduler, priority, \
            budget_us, cpu, lock_memory, idle_latency_us, preflight; did \
            you mean "priority"?
            """),
        Mistake(
            "[realtime]", "[realtme]",
            """
            5:2: realtme: unknown key; known here are schema, name, period_ms, overrun, \
            overrun_limit, overrun_window, realtime, simulation, device, sensor, actuator, loop, interlock, record, control; did \
            you mean "realtime"?
            """),
        Mistake(
            "kp =", "gain =",
            """
            55:1: loop.pid.kp: missing; allowed is a number other than 0 with the unit "%/C", \
            as in "8.5 %/C"
            56:1: loop.pid.gain: unknown key; known here are kp, ti_s, td_s, tf_s, filter_s, b, tt_s
            """),
        Mistake(
            "limit_high = \"90 C\"\n", "",
            """
            23:1: sensor.limit_high: missing; allowed is a number with the unit "C", as in "90 \
            C"
            """),
        Mistake(
            "safe = \"0 %\"\n", "",
            """
            33:1: actuator.safe: missing; allowed is a number with the unit "%", as in "0 %"
            """),
        Mistake(
            "model = \"from-pid\"\n", "",
            """
            59:1: loop.learned.model: missing; allowed is a text of 1 to 1024 bytes
            """),
        Mistake(
            "[loop.learned]\nmodel = \"from-pid\"\n", "",
            """
            42:1: loop.learned: missing; law = "learned" needs [loop.learned] with a model, as \
            in model = "from-pid"
            """),
        Mistake(
            "[loop.pid]", "[loop.other]",
            """
            42:1: loop.pid: missing; needed is the table [loop.pid]: the law or its fallback
            55:7: loop.other: unknown key; known here are name, sensor, actuator, period_ms, \
            setpoint, ramp, law, profile, pid, learned, supervisor, resume, stuck, unresponsive, \
            uncommanded, redundant, cascade, feedforward, process
            """),
        Mistake(
            "driver = \"tclab\"\npath = \"/dev/ttyACM1\"", "driver = \"sim\"\npath = \"x\"",
            """
            21:10: device.driver: found "sim" beside "tclab"; all devices are simulated, or none: \
            the clocks differ
            22:1: device.path: not used with driver "sim"; it belongs to "tclab", "line", "modbus" or \
            "pwm"
            """),
        Mistake(
            "path = \"/dev/ttyACM0\"\n", "",
            """
            15:1: device.path: missing; allowed is a text of 1 to 1024 bytes
            """),
        Mistake(
            "[[loop.profile]]\nat_s = 600", "[loop.supervisor]\nbridge = 600",
            """
            50:1: loop.supervisor.bridge: unknown key; known here are bridge_ms, recover_ms, \
            retry_ms; did you mean "bridge_ms"?
            51:1: loop.supervisor.setpoint: unknown key; known here are bridge_ms, recover_ms, \
            retry_ms
            """),
    ]
}
