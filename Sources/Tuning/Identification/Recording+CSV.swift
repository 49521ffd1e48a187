extension Recording {
    /// Names that a heading may have, by column.
    private static let names: [[String]] = [
        ["time", "time_s", "t", "t_s", "seconds", "elapsed_s", "timestamp"],
        ["command", "input", "output", "u", "mv", "co", "op", "q1", "heater"],
        ["measurement", "reading", "y", "pv", "temperature", "temp", "t1", "output"],
    ]
    /// Units that may follow the name of a command or a measurement, as in `command_pct`.
    private static let units: Set<String> = [
        "pct", "percent", "c", "degc", "f", "degf", "k", "v", "a", "w", "bar", "kpa", "pa", "psi",
        "rpm", "hz", "m", "cm", "mm", "l",
    ]
    private static let titles = ["time", "command", "measurement"]

    /// Reads a table of time (s), command, measurement; separated by semicolons, tabs, commas or
    /// blanks. Where it is not commas, one may stand for the decimal point.
    ///
    /// A first line without numbers names the columns, in any order and among others: `time`,
    /// `command`, `measurement` and what else `names` has; without one the first three columns
    /// count. Empty lines and lines that begin with `#` are passed over. A measurement may be
    /// missing: an empty cell, `nan` or `null`. A command that is missing is the last one.
    ///
    /// - Throws: `unreadable` with the line, counted from 1.
    package init(csv text: String) throws(TuningFault) {
        self.init()
        var columns: [Int] = [0, 1, 2]
        var separator: Character?
        var isFirst = true
        // A CR LF is one character, which `isNewline` knows.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, raw) in lines.enumerated() {
            let line = Self.trimmed(raw)
            if line.isEmpty || line.first == "#" { continue }
            if separator == nil {
                separator = [";", "\t", ",", " "].first { line.contains($0) }
            }
            let cells = Self.cells(line, separator)
            if isFirst {
                isFirst = false
                if let heading = try Self.heading(cells, line: index + 1) {
                    columns = heading
                    continue
                }
            }
            try read(cells, columns, line: index + 1)
        }
        guard !times.isEmpty else {
            throw .unreadable(line: max(1, lines.count), "there is no row of numbers")
        }
    }

    /// The places of the three columns when the line is a heading; nil when it has numbers.
    private static func heading(
        _ cells: [Substring], line: Int
    ) throws(TuningFault) -> [Int]? {
        if cells.contains(where: { value(trimmed($0)) != nil }) { return nil }
        let found = cells.map { cell in
            // A unit in brackets is no part of the name.
            trimmed(cell.prefix { $0 != "(" && $0 != "[" }).lowercased()
                .filter { $0 != "\"" && $0 != "\u{FEFF}" }
        }
        var columns: [Int] = []
        for (title, names) in zip(titles, names) {
            let stems = title == titles[0] ? found : found.map(withoutUnit)
            // `output` is the command's where no other column can be.
            let place = names.lazy.compactMap { name in
                stems.indices.first { stems[$0] == name && !columns.contains($0) }
            }.first
            guard let place else {
                throw .unreadable(
                    line: line,
                    "no column for the \(title): found \(found.joined(separator: ", ")); "
                        + "known names: \(names.joined(separator: ", "))")
            }
            columns.append(place)
        }
        return columns
    }

    private static func withoutUnit(_ name: String) -> String {
        guard let place = name.lastIndex(of: "_"),
            units.contains(String(name[name.index(after: place)...]))
        else { return name }
        return String(name[..<place])
    }

    private mutating func read(
        _ cells: [Substring], _ columns: [Int], line: Int
    ) throws(TuningFault) {
        func cell(_ column: Int) -> Substring {
            columns[column] < cells.count ? Self.trimmed(cells[columns[column]]) : ""
        }
        func number(_ column: Int) throws(TuningFault) -> Double? {
            let text = cell(column)
            if ["", "nan", "null", "na", "-"].contains(text.lowercased()) { return nil }
            guard let value = Self.value(text) else {
                throw .unreadable(line: line, "the \(Self.titles[column]) \"\(text)\" is no number")
            }
            return value
        }
        guard let time = try number(0) else {
            throw .unreadable(line: line, "the time is missing")
        }
        guard let command = try number(1) ?? commands.last else {
            throw .unreadable(line: line, "the first command is missing")
        }
        let measurement = try number(2)
        do throws(RowFault) {
            try append(time: time, command: command, measurement: measurement)
        } catch {
            throw .unreadable(line: line, error.description)
        }
    }

    private static func value(_ text: Substring) -> Double? {
        Double(text) ?? Double(String(text.map { $0 == "," ? "." : $0 }))
    }

    private static func cells(_ line: Substring, _ separator: Character?) -> [Substring] {
        guard let separator else { return [line] }
        return line.split(separator: separator, omittingEmptySubsequences: separator == " ")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
