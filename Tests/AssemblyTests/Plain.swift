import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile

/// A configuration whose every number can be checked by hand, and its variations.
enum Plain {
    /// Period 0.5 s; a span of 100 C from -20 C; an output span of 200 % from -50 %.
    static let text = """
        schema = 1
        name = "plain"
        period_ms = 500
        overrun = "skip"
        overrun_limit = 4
        [simulation]
        plant = "tclab"
        seed = 5
        noise = "0.04 C"
        quantum = "0.3223 C"
        [[device]]
        name = "lab"
        driver = "sim"
        [[sensor]]
        name = "t1"
        device = "lab"
        channel = "y1"
        unit = "C"
        range = ["-20 C", "80 C"]
        limit_high = "70 C"
        limit_low = "-10 C"
        max_rate = "2 C/s"
        max_age_ms = 1500
        [[actuator]]
        name = "q1"
        device = "lab"
        channel = "u1"
        unit = "%"
        range = ["-50 %", "150 %"]
        safe = "10 %"
        slew = "20 %/s"
        max_age_ms = 1200
        [[loop]]
        name = "heater"
        sensor = "t1"
        actuator = "q1"
        setpoint = "50 C"
        law = "learned"
        [loop.pid]
        kp = "4 %/C"
        ti_s = 20.0
        [loop.learned]
        model = "from-pid"
        [loop.supervisor]
        bridge_ms = 3000

        """

    /// The text with parts replaced, in order; each must be there.
    static func text(_ changes: [(String, String)]) throws -> String {
        var text = Self.text
        for (part, replacement) in changes {
            guard let range = text.firstRange(of: part) else { throw Missing(part: part) }
            text = text[..<range.lowerBound] + replacement + text[range.upperBound...]
        }
        return text
    }

    /// The table of its sensor.
    static var sensor: String {
        get throws {
            guard let begin = text.firstRange(of: "[[sensor]]"),
                let end = text.firstRange(of: "[[actuator]]")
            else { throw Missing(part: "[[sensor]]") }
            return String(text[begin.lowerBound..<end.lowerBound])
        }
    }

    /// A test that changes what is not there.
    struct Missing: Error {
        let part: String
    }

    static func settings(_ changes: [(String, String)] = []) throws -> Settings {
        try Configuration.parse(text: try text(changes), path: "plain.toml")
    }

    static func parameters(_ changes: [(String, String)] = []) throws -> LoopParameters {
        try LoopParameters(try settings(changes), loop: 0)
    }

    /// What is refused while the loops are built.
    static func refusal(_ body: () throws(AssemblyError) -> Void) -> AssemblyError? {
        do throws(AssemblyError) {
            try body()
            return nil
        } catch {
            return error
        }
    }
}
