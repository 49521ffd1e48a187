package import Configuration

/// The loops that look at their interlocks less than once a second, in their own ticks: to be said at
/// every start.
package enum SlowInterlocks {
    package static func warnings(_ settings: Settings) -> [String] {
        settings.loops.indices.compactMap { index in
            let loop = settings.loops[index]
            // A loop outside has no output that could stay on.
            guard loop.cascade == nil, loop.periodMilliseconds > 1_000,
                settings.interlocks(ofLoop: index) != 0
            else { return nil }
            let seconds = Double(loop.periodMilliseconds) / 1_000
            return "loop \(loop.name): it looks at its interlocks once in \(seconds) s, its "
                + "period_ms: so much later its output may be at the safe level"
        }
    }
}
