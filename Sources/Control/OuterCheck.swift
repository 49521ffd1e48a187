/// Decides how long an inner loop may go on while the loop outside has lost its measurement.
struct OuterCheck: BitwiseCopyable, Sendable {
    /// Ticks for which a lost outer loop is borne.
    private let lostTicks: UInt32
    private var ticks: UInt32 = 0
    private(set) var isSafe = false
    private(set) var isAwaited = false

    init(lostTicks: UInt32) {
        self.lostTicks = lostTicks
    }

    mutating func update(_ outer: OuterState, elapsedTicks: UInt32) {
        ticks = outer == .lost ? ticks.saturatingSum(elapsedTicks) : 0
        isSafe = outer == .safe || ticks > lostTicks
        isAwaited = outer == .starting
    }
}
