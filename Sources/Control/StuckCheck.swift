import FixedPoint

/// Finds a sensor whose reading does not move although there is a reason for it.
///
/// The measurement moves when it is a resolution or more away from where it was when it last
/// moved. There is a reason to move while the command is `commandChange` or more away from where it
/// was then, or while a law acts and its setpoint is `deviation` or more away from the measurement.
/// A reason that lasts for `ticks` without a movement is a stuck sensor. So a plant at rest, whose
/// reading stands because nothing happens, is none, however coarse its converter.
///
/// A stuck sensor stays one until its reading moves, whatever the command does meanwhile.
struct StuckCheck: BitwiseCopyable, Sendable {
    private let limits: StuckLimits
    /// Measurement and command when the measurement last moved.
    private var measurement: Q16_16?
    private var command = Q3_28.zero
    private var reasonTicks: UInt32 = 0
    private(set) var isStuck = false

    init(_ limits: StuckLimits) {
        self.limits = limits
    }

    mutating func update(_ input: GuardInput) {
        if input.isCleared {
            measurement = nil
            isStuck = false
        }
        if input.isRestarted { reasonTicks = 0 }
        guard let now = input.measurement else { return }
        guard let last = measurement, now.distance(to: last) < limits.resolution.bits.magnitude
        else {
            measurement = now
            command = input.applied
            reasonTicks = 0
            isStuck = false
            return
        }
        reasonTicks = hasReason(input, now) ? reasonTicks.saturatingSum(input.elapsedTicks) : 0
        if reasonTicks >= limits.ticks { isStuck = true }
    }

    private func hasReason(_ input: GuardInput, _ now: Q16_16) -> Bool {
        let moved = Int64(input.applied.bits) &- Int64(command.bits)
        if moved.magnitude >= UInt64(limits.commandChange.bits.magnitude) { return true }
        guard let setpoint = input.setpoint else { return false }
        return now.distance(to: setpoint) >= limits.deviation.bits.magnitude
    }
}
