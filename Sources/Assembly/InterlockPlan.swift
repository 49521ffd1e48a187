package import Configuration

/// The interlocks of a simulation: they permit, but for events.
package struct InterlockPlan: Sendable {
    private struct Opening {
        var bit: UInt8
        var begin: Double
        /// Infinite for an event without a duration.
        var end: Double
    }

    private let openings: [Opening]

    package init(_ settings: Settings) {
        openings = (settings.simulation?.events ?? []).compactMap { event in
            guard case .interlock(let index) = event.kind else { return nil }
            let duration = event.durationSeconds > 0 ? event.durationSeconds : .infinity
            return Opening(
                bit: 1 << UInt8(index), begin: event.startSeconds,
                end: event.startSeconds + duration)
        }
    }

    /// Bit n: interlock n is open at this time of the simulation.
    package func open(atNanoseconds time: UInt64) -> UInt8 {
        let seconds = Double(time) * 1e-9
        var bits: UInt8 = 0
        for opening in openings where seconds >= opening.begin && seconds < opening.end {
            bits |= opening.bit
        }
        return bits
    }
}
