import Foundation

/// A stored trace of a plant: inputs and loads held from each tick on, outputs at each tick.
struct GoldenTrace {
    struct Row {
        let inputs: [Double]
        let loads: [Double]
        let outputs: [Double]
    }

    enum Unreadable: Error {
        case line(String)
    }

    let plant: String
    let parameters: [String: Double]
    let periodSeconds: Double
    let rows: [Row]

    /// Reads `Tests/Golden/plants/NAME.csv`.
    init(named name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Golden/plants/\(name).csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var (plant, parameters, period) = ("", [String: Double](), 0.0)
        var rows: [Row] = []
        for line in lines where line.hasPrefix("#") {
            let parts = line.dropFirst(2).split(separator: " ")
            guard parts.count >= 3, parts[parts.count - 2] == "=", let last = parts.last else {
                continue
            }
            switch parts[0] {
            case "plant": plant = String(last)
            case "period_s": period = try Self.number(last)
            case "parameter": parameters[String(parts[1])] = try Self.number(last)
            default: throw Unreadable.line(String(line))
            }
        }
        for line in lines where line.first?.isNumber == true {
            let numbers = try line.split(separator: ",").map(Self.number)
            let width = (numbers.count - 1) / 3
            rows.append(
                Row(
                    inputs: Array(numbers[1...width]),
                    loads: Array(numbers[(width + 1)...(2 * width)]),
                    outputs: Array(numbers[(2 * width + 1)...])))
        }
        self.plant = plant
        self.parameters = parameters
        self.periodSeconds = period
        self.rows = rows
    }

    private static func number(_ text: Substring) throws -> Double {
        guard let number = Double(text) else { throw Unreadable.line(String(text)) }
        return number
    }
}
