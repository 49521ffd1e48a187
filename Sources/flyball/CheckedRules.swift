import Configuration
import Pictures

/// The figures of a loop's rules of response, as they came out: stated, or from the process.
struct CheckedRules: Encodable {
    /// One rule; units are those of the loop.
    struct Rule: Encodable {
        let command: Double
        let seconds: Double
        let change: Double
        /// The keys that follow from [loop.process]; the others are stated.
        let workedOut: [String]

        enum CodingKeys: String, CodingKey {
            case command, change
            case seconds = "time_s"
            case workedOut = "from_process"
        }

        init(_ settings: ResponseSettings) {
            command = settings.command
            seconds = settings.seconds
            change = settings.change
            workedOut = settings.workedOut
        }
    }

    let unresponsive: Rule?
    let uncommanded: Rule?
    private let unit: String
    private let outputUnit: String

    enum CodingKeys: String, CodingKey {
        case unresponsive, uncommanded, unit
        case outputUnit = "output_unit"
    }

    init(_ settings: Settings, loop index: Int) {
        let loop = settings.loops[index]
        unresponsive = loop.guards.unresponsive.map(Rule.init)
        uncommanded = loop.guards.uncommanded.map(Rule.init)
        unit = settings.sensors[loop.sensor.index].unit.symbol
        outputUnit = settings.output(ofLoop: index).unit.symbol
    }

    /// Absent rules are null, so that every key is always there.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(unresponsive, forKey: .unresponsive)
        try container.encode(uncommanded, forKey: .uncommanded)
        try container.encode(unit, forKey: .unit)
        try container.encode(outputUnit, forKey: .outputUnit)
    }

    /// One line for each rule that is on.
    var lines: [String] {
        func line(_ name: String, _ rule: Rule?, _ bound: String, _ says: String) -> String? {
            rule.map {
                "\(name): at \(number($0.command)) \(outputUnit) or \(bound) \(says) "
                    + "\(number($0.change)) \(unit) within \(number($0.seconds)) s "
                    + "(\(Self.origin($0)))"
            }
        }
        return [
            line("unresponsive", unresponsive, "more", "it must move by"),
            line("uncommanded", uncommanded, "less", "it may move by"),
        ].compactMap { $0 }
    }

    /// Where the figures come from.
    private static func origin(_ rule: Rule) -> String {
        switch rule.workedOut.count {
        case 0: "stated"
        case 3: "from [loop.process]"
        default: "\(rule.workedOut.joined(separator: " and ")) from [loop.process]"
        }
    }

    private func number(_ value: Double) -> String { NumberText.significant(value) }
}
