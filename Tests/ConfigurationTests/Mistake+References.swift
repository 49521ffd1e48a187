extension Mistake {
    /// Names and channels that lead nowhere or are taken.
    static let references = [
        Mistake(
            "sensor = \"t1\"", "sensor = \"t3\"",
            """
            44:10: loop.sensor: found "t3"; allowed is "t1"; did you mean "t1"?
            """),
        Mistake(
            "actuator = \"q1\"", "actuator = \"pump\"",
            """
            45:12: loop.actuator: found "pump"; allowed is "q1"
            """),
        Mistake(
            "device = \"lab\"", "device = \"lap\"",
            """
            25:10: sensor.device: found "lap"; allowed is "lab" or "model"; did you mean \
            "lab"?
            """),
        Mistake(
            "channel = \"T1\"", "channel = \"T3\"",
            """
            26:11: sensor.channel: found "T3"; allowed is "T1" or "T2"; did you mean "T1"?
            """),
        Mistake(
            """
            driver = "tclab"
            path = "/dev/ttyACM0"
            [[device]]
            name = "model"
            driver = "tclab"
            path = "/dev/ttyACM1"
            """, "driver = \"sim\"",
            """
            21:11: sensor.channel: found "T1"; allowed is "y1", "y2", "y3" or "y4"; did you \
            mean "y1"?
            31:11: actuator.channel: found "Q1"; allowed is "u1", "u2", "u3" or "u4"; did you \
            mean "u1"?
            """),
        Mistake(
            "driver = \"tclab\"", "driver = \"tclap\"",
            """
            17:10: device.driver: found "tclap"; allowed is "tclab", "gpio", "pwm", "ds18b20", \
            "iio", "hwmon", "thermal", "line", "modbus" or "sim"; did you mean \
            "tclab"?
            """),
        Mistake(
            "name = \"model\"", "name = \"lab\"",
            """
            20:8: device.name: found "lab" again, as in line 16; each [[device]] has a name of \
            its own
            """),
        Mistake(
            "[[loop]]\n",
            "[[loop]]\n"
                + "name = \"other\"\n"
                + "sensor = \"t1\"\n"
                + "actuator = \"q1\"\n"
                + "setpoint = \"50 C\"\n"
                + "law = \"pid\"\n"
                + "pid = { kp = \"1 %/C\", ti_s = 0 }\n"
                + "[[loop]]\n",
            """
            51:10: loop.sensor: found "t1", whose channel "T1" loop "other" reads; each channel \
            of a device has one reader
            52:12: loop.actuator: found "q1", which loop "other" drives; each actuator has one \
            loop
            """),
    ]
}
