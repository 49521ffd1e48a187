extension Mistake {
    /// Values of the wrong type or outside their limits.
    static let types = [
        Mistake(
            "schema = 1", "schema = 2",
            """
            1:10: schema: found 2; allowed is 1
            """),
        Mistake(
            "period_ms = 1000", "period_ms = 0",
            """
            3:13: period_ms: found 0; allowed is an integer from 1 to 60000
            """),
        Mistake(
            "period_ms = 1000", "period_ms = 1000.0",
            """
            3:13: period_ms: found the number 1000.0; allowed is an integer from 1 to 60000
            """),
        Mistake(
            "priority = 50", "priority = \"high\"",
            """
            6:12: realtime.priority: found the text "high"; allowed is an integer from 0 to 90
            """),
        Mistake(
            "overrun = \"skip\"", "overrun = \"skipp\"",
            """
            4:11: overrun: found "skipp"; allowed is "skip", "hold" or "safe"; did you mean \
            "skip"?
            """),
        Mistake(
            "name = \"oven\"", "name = \"My oven\"",
            """
            2:8: name: found "My oven"; allowed are 1 to 32 of a-z, 0-9 and -
            """),
        Mistake(
            "ti_s = 70.0", "ti_s = nan",
            """
            57:8: loop.pid.ti_s: found nan; allowed is a number from 0 to 1000000
            """),
        Mistake(
            "ti_s = 70.0", "ti_s = -inf",
            """
            57:8: loop.pid.ti_s: found -inf; allowed is a number from 0 to 1000000
            """),
        Mistake(
            "b = 1", "b = 1.5",
            """
            58:5: loop.pid.b: found 1.5; allowed is a number from 0 to 1
            """),
        Mistake(
            "b = 1", "b = 1979-05-27",
            """
            58:5: loop.pid.b: found a date or time; allowed is a number from 0 to 1
            """),
        Mistake(
            "path = \"/dev/ttyACM0\"", "path = \"\"",
            """
            18:8: device.path: found ""; allowed is a text of 1 to 1024 bytes
            """),
        Mistake(
            "[[device]]\nname = \"lab\"", "[device]\nname = \"lab\"",
            """
            19:1: Error while parsing table header: cannot redefine existing table 'device' as \
            array-of-tables
            """),
        Mistake(
            "[record]\nevery", "[[record]]\nevery",
            """
            61:1: record: found an array; allowed is the table [record]
            """),
        Mistake(
            "Ta = 23.0", "Ta = \"23 C\"",
            """
            10:14: simulation.parameters: found the text "23 C" for "Ta" at line 10; allowed \
            is a table of numbers, as in { Ta = 23.0 }
            """),
        Mistake(
            "Ta = 23.0", "Ta = inf",
            """
            10:14: simulation.parameters: found inf for "Ta" at line 10; allowed is a table of \
            numbers, as in { Ta = 23.0 }
            """),
    ]
}
