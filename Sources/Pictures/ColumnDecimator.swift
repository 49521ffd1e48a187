/// Reduces a curve to what the page can show: of the samples in one column of pixels the first, the
/// lowest, the highest and the last. No extreme is lost, and the size of the picture is bounded by
/// its width, not by the length of the run.
struct ColumnDecimator {
    private struct Sample {
        var index: Int
        var x: Double
        var value: Double
    }

    private let frame: PanelFrame
    private let isStepped: Bool
    private var path = TracePath()
    private var column = Int.min
    private var first = Sample(index: 0, x: 0, value: 0)
    private var lowest = Sample(index: 0, x: 0, value: 0)
    private var highest = Sample(index: 0, x: 0, value: 0)
    private var last = Sample(index: 0, x: 0, value: 0)
    private var hasColumn = false
    private var heldY: Double?

    private init(frame: PanelFrame, isStepped: Bool) {
        self.frame = frame
        self.isStepped = isStepped
    }

    /// The path of a curve. Missing values break it, unless the gap is narrower than a pixel;
    /// samples without a time, or that go back in time, are left out.
    ///
    /// - Complexity: O(samples); the text is O(width).
    static func path(
        times: [Double], values: [Double], frame: PanelFrame, isStepped: Bool
    ) -> String {
        var decimator = ColumnDecimator(frame: frame, isStepped: isStepped)
        var latest = -Double.infinity
        var gap = false
        for index in 0..<min(times.count, values.count) {
            let time = times[index]
            guard ValueSpan.canShow(time), time >= latest else { continue }
            latest = time
            guard ValueSpan.canShow(values[index]) else {
                gap = true
                continue
            }
            let sample = Sample(index: index, x: frame.x(time), value: values[index])
            decimator.add(sample, afterGap: gap)
            gap = false
        }
        decimator.flush()
        return decimator.path.finished()
    }

    private mutating func add(_ sample: Sample, afterGap: Bool) {
        let sampleColumn = Int(sample.x.rounded(.down))
        if hasColumn, sampleColumn == column {
            if sample.value < lowest.value { lowest = sample }
            if sample.value > highest.value { highest = sample }
            last = sample
            return
        }
        flush()
        if afterGap {
            path.lift()
            heldY = nil
        }
        hasColumn = true
        column = sampleColumn
        first = sample
        lowest = sample
        highest = sample
        last = sample
    }

    private mutating func flush() {
        guard hasColumn else { return }
        let inOrder = lowest.index <= highest.index ? [lowest, highest] : [highest, lowest]
        emit(first)
        for extreme in inOrder where extreme.index > first.index && extreme.index < last.index {
            emit(extreme)
        }
        if last.index > first.index { emit(last) }
        hasColumn = false
    }

    private mutating func emit(_ sample: Sample) {
        let y = frame.y(sample.value)
        if isStepped, let heldY { path.add(x: sample.x, y: heldY) }
        path.add(x: sample.x, y: y)
        heldY = y
    }
}
