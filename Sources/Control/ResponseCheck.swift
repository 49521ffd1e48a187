import FixedPoint

/// Finds a plant that does not respond: a dead heater, a sensor that fell off, an empty tank.
///
/// While the command is at or above `command`, the measurement must rise by `change` above the lowest it
/// has been, within each `ticks`; the time begins anew when it has. Nothing is expected while a
/// law acts and its setpoint is less than `change` above the measurement: there it holds. Nor is anything
/// in the safe state, whose level may be a high one.
struct ResponseCheck: BitwiseCopyable, Sendable {
    private let limits: ResponseLimits
    /// Since the last rise; `nil` while nothing is expected.
    private var ticks: UInt32?
    private var lowest: Int64 = 0
    private(set) var isUnresponsive = false

    init(_ limits: ResponseLimits) {
        self.limits = limits
    }

    mutating func update(_ input: GuardInput) {
        if input.isRestarted { forget() }
        // Without a measurement time stands still: a lost sensor has a rule of its own.
        guard let measurement = input.measurement else { return }
        let level = limits.level(measurement)
        guard !input.isSafe, input.applied >= limits.command, !isHolding(input, level) else {
            forget()
            return
        }
        guard let before = ticks else {
            ticks = 0
            lowest = level
            return
        }
        lowest = min(lowest, level)
        if level &- lowest >= Int64(limits.change.bits) {
            ticks = 0
            lowest = level
            isUnresponsive = false
            return
        }
        let now = before.saturatingSum(input.elapsedTicks)
        ticks = now
        if now >= limits.ticks { isUnresponsive = true }
    }

    private func isHolding(_ input: GuardInput, _ level: Int64) -> Bool {
        guard let setpoint = input.setpoint else { return false }
        return limits.level(setpoint) &- level < Int64(limits.change.bits)
    }

    private mutating func forget() {
        ticks = nil
        isUnresponsive = false
    }
}
