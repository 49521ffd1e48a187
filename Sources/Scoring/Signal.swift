package import Configuration

/// Setpoint and load over time, as a file gives them: each row holds until the next.
package struct Signal: Equatable, Sendable {
    /// Seconds, from 0 or later, growing.
    package private(set) var times: [Double] = []
    /// In the plant's output unit.
    package private(set) var setpoints: [Double] = []
    /// In the command's unit; it acts beside the command.
    package private(set) var loads: [Double] = []

    package static let rowLimit = 1_000_000
    /// 64 bytes for each row.
    private static let byteLimit = 64 << 20
    private static let columns = ["time_s", "setpoint", "load"]
    private static let largest = 1e9

    /// Reads a CSV file: a heading with `time_s`, `setpoint` and, where there is one, `load`, in any
    /// order; then numbers. Empty lines and lines that begin with `#` are passed over.
    ///
    /// - Throws: the file, line and column (counted in characters) of what is wrong.
    package init(path: String) throws(ConfigurationError) {
        let bytes = try readFile(path, limit: Self.byteLimit)
        guard bytes.count <= Self.byteLimit else {
            throw ConfigurationError(
                Problem(
                    path: path, position: nil, key: "", found: "the file is too long",
                    allowed: "up to \(Self.byteLimit >> 20) MiB"))
        }
        try self.init(csv: String(decoding: bytes, as: UTF8.self), path: path)
    }

    /// The same of a text; `path` is the name that messages use.
    package init(csv text: String, path: String) throws(ConfigurationError) {
        var places: [Int?]?
        // A CR LF is one character, which `isNewline` knows.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, raw) in lines.enumerated() {
            let line = raw.first == "\u{FEFF}" ? raw.dropFirst() : raw
            if line.allSatisfy(\.isWhitespace) || line.first == "#" { continue }
            let row = Row(path: path, line: index + 1, line)
            if let places {
                try append(row, places)
            } else {
                places = try Self.heading(row)
            }
        }
        guard !times.isEmpty else {
            throw Row(path: path, line: max(1, lines.count), "").fault(
                nil, "", "there is no row of numbers",
                "a heading time_s,setpoint[,load] and rows of numbers")
        }
    }

    /// The places of the three columns, nil for a load that is not there.
    private static func heading(_ row: Row) throws(ConfigurationError) -> [Int?] {
        let allowed = "the heading time_s,setpoint or time_s,setpoint,load"
        var places: [Int?] = columns.map { _ in nil }
        for (index, cell) in row.cells.enumerated() {
            guard let column = columns.firstIndex(of: String(cell.text)) else {
                throw row.fault(
                    index, "", "the column \"\(cell.text.prefix(40))\"", allowed,
                    suggestion: Nearest.word(to: String(cell.text), among: columns))
            }
            guard places[column] == nil else {
                throw row.fault(index, "", "\(cell.text) for the second time", allowed)
            }
            places[column] = index
        }
        for column in 0..<2 where places[column] == nil {
            throw row.fault(nil, "", "no column \(columns[column])", allowed)
        }
        return places
    }

    private mutating func append(_ row: Row, _ places: [Int?]) throws(ConfigurationError) {
        guard times.count < Self.rowLimit else {
            throw row.fault(nil, "", "too many rows", "up to \(Self.rowLimit)")
        }
        let wanted = places.compactMap(\.self).count
        guard row.cells.count == wanted else {
            throw row.fault(
                min(row.cells.count, wanted) - 1, "", "\(row.cells.count) cells",
                "\(wanted), as in the heading")
        }
        var values: [Double] = []
        for (name, place) in zip(Self.columns, places) {
            guard let place else {
                values.append(0)
                continue
            }
            let text = row.cells[place].text
            guard let value = Double(text), value.magnitude <= Self.largest else {
                throw row.fault(
                    place, name, "the text \"\(text.prefix(40))\"",
                    "a number up to \(Self.largest)")
            }
            values.append(value)
        }
        guard values[0] >= 0, values[0] > times.last ?? -1 else {
            let least = times.last.map { "more than \($0), the time before" } ?? "0 or more"
            throw row.fault(places[0], "time_s", "\(values[0])", least)
        }
        times.append(values[0])
        setpoints.append(values[1])
        loads.append(values[2])
    }

    /// Setpoint and load at the sample times `k * periodSeconds` up to the last row; before the first
    /// row, what it says.
    package func sampled(periodSeconds: Double) -> (setpoints: [Double], loads: [Double]) {
        let count = sampleCount(periodSeconds: periodSeconds)
        var (first, second): ([Double], [Double]) = ([], [])
        var row = 0
        for sample in 0..<count {
            // A sample that is due with a row, but for rounding, belongs to it.
            let time = Double(sample) * periodSeconds + 1e-9 * periodSeconds
            while row + 1 < times.count, times[row + 1] <= time { row += 1 }
            first.append(setpoints[row])
            second.append(loads[row])
        }
        return (first, second)
    }

    package func sampleCount(periodSeconds: Double) -> Int {
        Int(min((times[times.count - 1] / periodSeconds + 1e-9).rounded(.down), 1e12)) + 1
    }

    /// A line cut at its commas.
    private struct Row {
        struct Cell {
            var text: Substring
            /// From 1.
            var column: Int
        }

        let path: String
        let line: Int
        var cells: [Cell] = []

        init(path: String, line: Int, _ text: Substring) {
            self.path = path
            self.line = line
            var column = 1
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let blanks = part.prefix { $0.isWhitespace }.count
                var trimmed = part.drop { $0.isWhitespace }
                while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
                cells.append(Cell(text: trimmed, column: column + blanks))
                column += part.count + 1
            }
        }

        func fault(
            _ cell: Int?, _ key: String, _ found: String, _ allowed: String,
            suggestion: String? = nil
        ) -> ConfigurationError {
            let column = cell.flatMap { cells.indices.contains($0) ? cells[$0].column : nil }
            return ConfigurationError(
                Problem(
                    path: path, position: Position(line: line, column: column ?? 1), key: key,
                    found: found, allowed: allowed, suggestion: suggestion))
        }
    }
}
