package import Configuration
package import FixedPoint
import ModelFile

/// The target of a loop over time: its setpoint, its profile, and what a scenario changes.
///
/// Of all that is in force at a time, what began last counts; of two that begin together, the event
/// before the profile, and the one written last. When an event ends, the rest is in force again.
package struct SetpointPlan: Sendable {
    private struct Entry: Sendable {
        let startNanoseconds: UInt64
        let endNanoseconds: UInt64
        let target: Q16_16

        /// - Parameter duration: 0 is to the end.
        init(start: Double, duration: Double = 0, target: Double) {
            startNanoseconds = Self.nanoseconds(start)
            endNanoseconds = duration > 0 ? Self.nanoseconds(start + duration) : .max
            // The configuration has checked that every setpoint fits.
            self.target = Q16_16(target) ?? Q16_16(bits: 0)
        }

        func isInForce(at nanoseconds: UInt64) -> Bool {
            startNanoseconds <= nanoseconds && nanoseconds < endNanoseconds
        }

        private static func nanoseconds(_ seconds: Double) -> UInt64 {
            UInt64((max(0, seconds) * 1e9).rounded())
        }
    }

    /// The first one is always in force.
    private let entries: [Entry]

    /// - Parameter withEvents: whether the setpoint events of the simulation belong to it.
    package init(_ settings: Settings, loop index: Int, withEvents: Bool) {
        let loop = settings.loops[index]
        var entries = [Entry(start: 0, target: loop.setpoint)]
        entries += loop.profile.map { Entry(start: $0.startSeconds, target: $0.setpoint) }
        for event in settings.simulation?.events ?? [] where withEvents {
            guard case .setpoint(index, let value) = event.kind else { continue }
            entries.append(
                Entry(start: event.startSeconds, duration: event.durationSeconds, target: value))
        }
        self.entries = entries
    }

    /// The target in force at a time since the start of the loop.
    package func target(at nanoseconds: UInt64) -> Q16_16 {
        var best = entries[0]
        for entry in entries
        where entry.isInForce(at: nanoseconds)
            && entry.startNanoseconds >= best.startNanoseconds
        {
            best = entry
        }
        return best.target
    }
}
