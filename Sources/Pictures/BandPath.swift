/// The outline of the area between two curves, reduced to one pair of points a column of pixels:
/// the highest of the upper curve and the lowest of the lower one.
enum BandPath {
    /// Missing values on either side break the area.
    ///
    /// - Complexity: O(samples); the text is O(width).
    static func path(
        times: [Double], lower: [Double], upper: [Double], frame: PanelFrame
    ) -> String {
        var text = ""
        var piece: [(x: Double, low: Double, high: Double)] = []
        var column = Int.min
        var latest = -Double.infinity
        for index in 0..<min(times.count, lower.count, upper.count) {
            let time = times[index]
            guard ValueSpan.canShow(time), time >= latest else { continue }
            latest = time
            let x = frame.x(time)
            let low = min(lower[index], upper[index])
            let high = max(lower[index], upper[index])
            let isVisible = ValueSpan.canShow(lower[index]) && ValueSpan.canShow(upper[index])
            let sampleColumn = Int(x.rounded(.down))
            if sampleColumn == column, let previous = piece.last {
                guard isVisible else { continue }
                piece[piece.count - 1].low = min(previous.low, low)
                piece[piece.count - 1].high = max(previous.high, high)
            } else if isVisible {
                column = sampleColumn
                piece.append((x, low, high))
            } else {
                text += outline(of: piece, frame: frame)
                piece = []
            }
        }
        return text + outline(of: piece, frame: frame)
    }

    private static func outline(
        of piece: [(x: Double, low: Double, high: Double)], frame: PanelFrame
    ) -> String {
        guard !piece.isEmpty else { return "" }
        var path = TracePath()
        for point in piece { path.add(x: point.x, y: frame.y(point.high)) }
        for point in piece.reversed() { path.add(x: point.x, y: frame.y(point.low)) }
        return path.finished() + "Z"
    }
}
