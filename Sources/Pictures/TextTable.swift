/// A table for people: headings, a rule, and columns as wide as their widest cell.
package struct TextTable: Equatable, Sendable {
    /// One cell. Numbers are aligned to the right and printed to significant digits.
    package enum Cell: Equatable, Sendable {
        case text(String)
        case number(Double, digits: Int = 4)
        case integer(Int)
        /// Nothing to say: a dash.
        case missing

        var printed: String {
            switch self {
            case .text(let text): text
            case .number(let value, let digits): NumberText.significant(value, digits: digits)
            case .integer(let value): String(value)
            case .missing: "-"
            }
        }

        var isText: Bool {
            if case .text = self { true } else { false }
        }
    }

    package var headings: [String]
    package var rows: [[Cell]]

    package init(_ headings: [String], rows: [[Cell]] = []) {
        self.headings = headings
        self.rows = rows
    }

    package mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }

    /// Lines ending in line feeds, without trailing blanks. A heading stands over its column on the
    /// same side as the cells; a row may be shorter than the headings, and what is longer is cut.
    package func text() -> String {
        let printed = rows.map { row in row.prefix(headings.count).map(\.printed) }
        var widths = headings.map(\.count)
        for row in printed {
            for (column, cell) in row.enumerated() {
                widths[column] = max(widths[column], cell.count)
            }
        }
        let isText = headings.indices.map { column in
            rows.contains { $0.indices.contains(column) && $0[column].isText }
        }
        var result = line(headings, widths: widths, isText: isText)
        result += line(
            widths.map { String(repeating: "─", count: $0) }, widths: widths, isText: isText)
        for (row, cells) in zip(rows, printed) {
            let sides = headings.indices.map { column in
                row.indices.contains(column) ? row[column].isText || isText[column] : true
            }
            result += line(Array(cells), widths: widths, isText: sides)
        }
        return result
    }

    private func line(_ cells: [String], widths: [Int], isText: [Bool]) -> String {
        var result = ""
        for (column, cell) in cells.enumerated() {
            let gap = String(repeating: " ", count: max(0, widths[column] - cell.count))
            if column > 0 { result += "  " }
            result += isText[column] ? cell + gap : gap + cell
        }
        while result.last == " " { result.removeLast() }
        return result + "\n"
    }
}
