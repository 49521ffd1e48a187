/// The shaded intervals as runs of whole pixels: each column shows the most alarming interval that
/// touches it, so that a short one is at least a pixel wide and the number of runs is bounded.
struct TintColumns {
    struct Run: Equatable {
        let label: String
        let tint: Tint
        /// Left edge in pixels.
        let x: Double
        let width: Double
    }

    /// A label with its tint, for the legend.
    struct Kind: Equatable {
        let label: String
        let tint: Tint
    }

    let runs: [Run]
    /// Each distinct label once, from quiet to alarming, then in the order of first appearance.
    let kinds: [Kind]

    /// - Complexity: O(columns touched by all intervals).
    init(_ intervals: [ShadedInterval], frame: PanelFrame) {
        let count = max(1, Int(frame.width))
        var owners = [Int?](repeating: nil, count: count)
        for (index, interval) in intervals.enumerated() {
            let isInside = interval.from <= frame.times.high && interval.to >= frame.times.low
            guard isInside, interval.from <= interval.to else { continue }
            let from = frame.times.fraction(max(interval.from, frame.times.low))
            let to = frame.times.fraction(min(interval.to, frame.times.high))
            let firstColumn = min(Int(from * Double(count)), count - 1)
            let lastColumn = max(firstColumn, Int((to * Double(count)).rounded(.up)) - 1)
            for column in firstColumn...min(lastColumn, count - 1) {
                if let owner = owners[column], intervals[owner].tint >= interval.tint { continue }
                owners[column] = index
            }
        }
        var runs: [Run] = []
        var kinds: [Kind] = []
        var start = 0
        for column in 1...count where column == count || owners[column] != owners[start] {
            if let owner = owners[start] {
                let interval = intervals[owner]
                runs.append(
                    Run(
                        label: interval.label, tint: interval.tint, x: frame.left + Double(start),
                        width: Double(column - start)))
                let kind = Kind(label: interval.label, tint: interval.tint)
                if !kinds.contains(kind), kinds.count < TintColumns.kindsLimit {
                    kinds.append(kind)
                }
            }
            start = column
        }
        self.runs = runs
        self.kinds = kinds.enumerated().sorted {
            ($0.element.tint, $0.offset) < ($1.element.tint, $1.offset)
        }.map(\.element)
    }

    /// Most entries in the legend; more are labelled in the strip only.
    private static let kindsLimit = 6
}
