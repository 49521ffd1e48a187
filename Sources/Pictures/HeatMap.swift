/// A chart of many quantities over one time axis: a row for each, its value as a shade.
package struct HeatMap: Equatable, Sendable {
    /// Values 0...1, row by row from the top, each by the figure's times; a value that is not a
    /// number leaves its place white.
    package var rows: [[Double]]
    /// A label for each row, left of it; what has no room is left out.
    package var rowLabels: [String]
    /// What the shades mean, from 0 to 1 in equal steps: at least two.
    package var scale: [String]

    package init(rows: [[Double]], rowLabels: [String], scale: [String]) {
        self.rows = rows
        self.rowLabels = rowLabels
        self.scale = scale
    }

    /// Shades that are told apart.
    static let shadeCount = 13
    /// Columns of the map: bounds the size of the picture.
    private static let columnLimit = 240

    /// The shade of a value; nil for what is no number.
    static func shade(_ value: Double) -> Int? {
        value.isFinite
            ? Int((min(max(value, 0), 1) * Double(shadeCount - 1)).rounded()) : nil
    }

    /// From pale over blue to black: darker at every step, for any colour vision and in grey.
    static func colour(_ shade: Int) -> String {
        let stops: [(Double, Double, Double)] = [
            (246, 244, 232), (127, 190, 201), (33, 102, 156), (12, 16, 48),
        ]
        let place = Double(shade) / Double(shadeCount - 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        let part = place - Double(index)
        let (from, to) = (stops[index], stops[index + 1])
        func digits(_ from: Double, _ to: Double) -> String {
            let value = Int((from + part * (to - from)).rounded())
            return (value < 16 ? "0" : "") + String(value, radix: 16)
        }
        return "#" + digits(from.0, to.0) + digits(from.1, to.1) + digits(from.2, to.2)
    }

    /// Paths that fill the cells, one for each shade that occurs; equal neighbours are one
    /// rectangle.
    ///
    /// - Complexity: O(samples times rows) time, O(columns times rows) bytes.
    func paths(times: [Double], frame: PanelFrame) -> [(colour: String, path: String)] {
        var paths = [String](repeating: "", count: Self.shadeCount)
        let columns = min(Self.columnLimit, max(1, times.count))
        let width = frame.width / Double(columns)
        let height = frame.height / Double(max(1, rows.count))
        for (row, values) in rows.enumerated() {
            let shades = Self.shades(values, times: times, frame: frame, columns: columns)
            var start = 0
            for column in 1...columns where column == columns || shades[column] != shades[start] {
                if let shade = shades[start] {
                    let x = Pixels.text(frame.left + Double(start) * width)
                    let y = Pixels.text(frame.top + Double(row) * height)
                    let length = Pixels.text(Double(column - start) * width)
                    paths[shade] += "M\(x) \(y)h\(length)v\(Pixels.text(height))h-\(length)z"
                }
                start = column
            }
        }
        return paths.enumerated().filter { !$0.element.isEmpty }
            .map { (Self.colour($0.offset), $0.element) }
    }

    /// The mean of what falls into each column, as a shade.
    private static func shades(
        _ values: [Double], times: [Double], frame: PanelFrame, columns: Int
    ) -> [Int?] {
        var sums = [Double](repeating: 0, count: columns)
        var counts = [Double](repeating: 0, count: columns)
        for (time, value) in zip(times, values) where time.isFinite && value.isFinite {
            let place = frame.times.fraction(time) * Double(columns)
            let column = min(max(Int(place), 0), columns - 1)
            sums[column] += value
            counts[column] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? shade($0 / $1) : nil }
    }
}
