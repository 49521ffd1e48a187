/// Places the entries of a legend beside a heading, ending at the right edge; what does not fit
/// goes to further rows below, so that a legend never covers a curve.
struct Legend {
    struct Entry: Equatable {
        /// Index of the label among those given.
        let index: Int
        /// Left edge of the swatch.
        let x: Double
        /// 0 is the row of the heading.
        let row: Int
    }

    static let fontSize = 11.0
    static let swatchWidth = 22.0
    private static let textGap = 5.0
    private static let entryGap = 14.0

    let entries: [Entry]
    /// Rows needed below the heading's own.
    let extraRows: Int

    /// - Parameter indent: width of the heading, which the first row leaves free.
    init(labels: [String], left: Double, width: Double, indent: Double) {
        var rows: [[Int]] = [[]]
        var used = indent
        for (index, label) in labels.enumerated() where !label.isEmpty {
            let needed = Legend.width(of: label)
            let isFresh = rows.count > 1 && rows[rows.count - 1].isEmpty
            if used + needed > width, !isFresh {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(index)
            used += needed
        }
        var entries: [Entry] = []
        for (row, indices) in rows.enumerated() {
            let total = indices.reduce(0) { $0 + Legend.width(of: labels[$1]) } - Legend.entryGap
            var x = left + max(0, width - total)
            for index in indices {
                entries.append(Entry(index: index, x: x, row: row))
                x += Legend.width(of: labels[index])
            }
        }
        self.entries = entries
        extraRows = rows.count - 1
    }

    /// Where the text of an entry begins.
    static func textX(_ entry: Entry) -> Double {
        entry.x + swatchWidth + textGap
    }

    private static func width(of label: String) -> Double {
        swatchWidth + textGap + Pixels.width(of: label, fontSize: fontSize) + entryGap
    }
}
