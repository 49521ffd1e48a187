package import Configuration
package import FixedPoint
import ModelFile

/// The target of a loop over time: its setpoint, its profile, and what a scenario changes.
package struct SetpointPlan: Sendable {
    private struct Entry: Sendable {
        let startNanoseconds: UInt64
        let target: Q16_16
    }

    private var entries: [Entry]

    /// - Parameter withEvents: whether the setpoint events of the simulation belong to it.
    package init(_ settings: Settings, loop index: Int, withEvents: Bool) {
        let loop = settings.loops[index]
        var entries = [Self.entry(0, loop.setpoint)]
        entries += loop.profile.map { Self.entry($0.startSeconds, $0.setpoint) }
        if withEvents {
            for event in settings.simulation?.events ?? [] {
                guard case .setpoint(index, let value) = event.kind else { continue }
                let before = Self.value(in: entries, at: Self.nanoseconds(event.startSeconds))
                entries.append(Self.entry(event.startSeconds, value))
                if event.durationSeconds > 0 {
                    let end = event.startSeconds + event.durationSeconds
                    entries.append(
                        Entry(startNanoseconds: Self.nanoseconds(end), target: before))
                }
            }
        }
        self.entries = entries
    }

    /// The target in force at a time since the start of the loop.
    package func target(at nanoseconds: UInt64) -> Q16_16 {
        Self.value(in: entries, at: nanoseconds)
    }

    /// The entry that began last; of two that begin together, the one written last.
    private static func value(in entries: [Entry], at nanoseconds: UInt64) -> Q16_16 {
        var best = entries[0]
        for entry in entries
        where entry.startNanoseconds <= nanoseconds
            && entry.startNanoseconds >= best.startNanoseconds
        {
            best = entry
        }
        return best.target
    }

    private static func entry(_ seconds: Double, _ value: Double) -> Entry {
        // The configuration has checked that every setpoint fits.
        Entry(
            startNanoseconds: nanoseconds(seconds), target: Q16_16(value) ?? Q16_16(bits: 0))
    }

    private static func nanoseconds(_ seconds: Double) -> UInt64 {
        UInt64((max(0, seconds) * 1e9).rounded())
    }
}
