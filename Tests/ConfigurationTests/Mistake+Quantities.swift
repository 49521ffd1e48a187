extension Mistake {
    /// Numbers with the wrong unit, without one, or too large.
    static let quantities = [
        Mistake(
            "setpoint = \"50 C\"", "setpoint = \"50 F\"",
            """
            46:12: loop.setpoint: found the unit "F" in "50 F"; allowed is a number with the \
            unit "C", as in "50 C"
            """),
        Mistake(
            "setpoint = \"50 C\"", "setpoint = \"50\"",
            """
            46:12: loop.setpoint: found "50" without a unit; allowed is a number with the unit \
            "C", as in "50 C"; did you mean "50 C"?
            """),
        Mistake(
            "setpoint = \"50 C\"", "setpoint = 50",
            """
            46:12: loop.setpoint: found the integer 50; allowed is a number with the unit "C", \
            as in "50 C"; did you mean "50 C"?
            """),
        Mistake(
            "setpoint = \"50 C\"", "setpoint = \"50 c\"",
            """
            46:12: loop.setpoint: found the unit "c" in "50 c"; allowed is a number with the \
            unit "C", as in "50 C"; did you mean "50 C"?
            """),
        Mistake(
            "setpoint = \"50 C\"", "setpoint = \"warm\"",
            """
            46:12: loop.setpoint: found "warm"; allowed is a number with the unit "C", as in \
            "50 C"
            """),
        Mistake(
            "kp = \"8.5 %/C\"", "kp = \"8.5 C/%\"",
            """
            56:6: loop.pid.kp: found the unit "C/%" in "8.5 C/%"; allowed is a number other \
            than 0 with the unit "%/C", as in "8.5 %/C"
            """),
        Mistake(
            "kp = \"8.5 %/C\"", "kp = \"0 %/C\"",
            """
            56:6: loop.pid.kp: found "0 %/C"; allowed is a number not 0, between -32768 and \
            32768
            """),
        Mistake(
            "kp = \"8.5 %/C\"", "kp = \"1e400 %/C\"",
            """
            56:6: loop.pid.kp: found "1e400 %/C"; allowed is a number not 0, between -32768 \
            and 32768
            """),
        Mistake(
            "max_rate = \"20 C/s\"", "max_rate = \"20 C\"",
            """
            31:12: sensor.max_rate: found the unit "C" in "20 C"; allowed is a number above 0 \
            with the unit "C/s", as in "20 C/s"
            """),
        Mistake(
            "slew = \"100 %/s\"", "slew = \"0 %/s\"",
            """
            40:8: actuator.slew: found "0 %/s"; allowed is a number from 0.0000153 to below \
            32768
            """),
        Mistake(
            "noise = \"0.04 C\"", "noise = \"0.04 K\"",
            """
            9:9: simulation.noise: found the unit "K" in "0.04 K"; allowed is a number, 0 or \
            more, with the unit "C", as in "0.04 C"
            """),
        Mistake(
            "unit = \"C\"", "unit = \"degrees Celsius\"",
            """
            27:8: sensor.unit: found "degrees Celsius"; allowed are 1 to 16 letters, %, °, / \
            and digits behind ^, as in "C"
            """),
        Mistake(
            "limit_high = \"90 C\"", "limit_high = \"32768 C\"",
            """
            29:14: sensor.limit_high: found "32768 C"; allowed is a number between -32768 and \
            32768
            """),
        Mistake(
            "value = 10.0", "value = \"10 C\"",
            """
            14:9: simulation.event.value: found the text "10 C"; allowed is a number from \
            -32767 to 32767
            """),
        Mistake(
            "kind = \"load\"\nvalue = 10.0", "kind = \"bias\"\nvalue = 10.0",
            """
            14:9: simulation.event.value: found the number 10.0; allowed is a number with the \
            unit "C", as in "2 C"; did you mean "10 C"?
            """),
        Mistake(
            "kind = \"load\"\nvalue = 10.0", "kind = \"dropout\"\nvalue = 10.0",
            """
            14:1: simulation.event.value: not used with kind "dropout"; it belongs to "load", \
            "load_ramp", "load_sine", "load_walk", "setpoint", "bias" or "noise"
            """),
    ]
}
