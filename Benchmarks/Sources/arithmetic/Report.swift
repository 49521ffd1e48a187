import Foundation

/// All findings, as a table for people or as one JSON object.
struct Report: Encodable {
    let schema = 1
    let isShort: Bool
    private(set) var findings: [Finding] = []

    private enum CodingKeys: String, CodingKey {
        case schema, isShort = "short", findings, isWithinLimits = "within_limits"
    }

    init(isShort: Bool) {
        self.isShort = isShort
    }

    var isWithinLimits: Bool { findings.allSatisfy { $0.figures.allSatisfy(\.isWithinLimit) } }

    mutating func add(_ more: [Finding]) {
        findings += more
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(isShort, forKey: .isShort)
        try container.encode(findings, forKey: .findings)
        try container.encode(isWithinLimits, forKey: .isWithinLimits)
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    func table() -> String {
        var lines: [String] = []
        var section = ""
        for finding in findings {
            if finding.section != section {
                section = finding.section
                if !lines.isEmpty { lines.append("") }
                lines.append(section)
            }
            lines.append("  " + Self.padded(finding.name, 30) + Self.text(finding.figures))
        }
        lines.append(isWithinLimits ? "\nall within limits" : "\nOUTSIDE LIMITS: see !")
        return lines.joined(separator: "\n")
    }

    private static func text(_ figures: [Figure]) -> String {
        figures.map { figure in
            let limit = figure.limit.map { " <= \(number($0))" } ?? ""
            let mark = figure.isWithinLimit ? "" : " !"
            return "\(figure.key) \(number(figure.value))\(limit)\(mark)"
        }.joined(separator: "   ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return String(format: abs(value) < 0.01 ? "%.2e" : "%.3f", value)
    }
}
