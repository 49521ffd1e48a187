package import Control

/// A record as comma-separated values: a header with units, then one row a tick with every field.
///
/// Numbers are in the shortest form that reads back to the same double, so nothing is lost.
package enum RecordCSV {
    /// `name [unit]` of each column; loops with different units give `[C|kPa]`, in their order.
    package static func header(loops: [LoopDescription]) -> String {
        let cells = RecordColumn.all.map { column in
            switch column.unit {
            case .none: column.name
            case .fixed(let unit): "\(column.name) [\(unit)]"
            case .sensor: "\(column.name) [\(joined(loops.map(\.sensorUnit)))]"
            case .output: "\(column.name) [\(joined(loops.map(\.outputUnit)))]"
            }
        }
        return cells.map(quoted).joined(separator: ",") + "\n"
    }

    package static func row(_ tick: TickRecord) -> String {
        RecordColumn.all.map { $0.text(tick) }.joined(separator: ",") + "\n"
    }

    /// The whole table.
    package static func table(_ ticks: some Sequence<TickRecord>, loops: [LoopDescription])
        -> String
    {
        var text = header(loops: loops)
        for tick in ticks { text += row(tick) }
        return text
    }

    private static func joined(_ units: [String]) -> String {
        Set(units).count <= 1 ? units.first ?? "" : units.joined(separator: "|")
    }

    /// Quotes a cell that has a separator, a quote or a line break in it.
    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return cell
        }
        var text = "\""
        for character in cell {
            text += character == "\"" ? "\"\"" : String(character)
        }
        return text + "\""
    }
}
