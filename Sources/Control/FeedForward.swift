public import FixedPoint

/// What a measured disturbance adds to the command, whichever law acts.
///
///     a = clip(K (1 + Tlead s) / (1 + Tlag s) (d - zero))
///
/// The lag is a first-order filter (backward Euler), the lead what passes beside it:
/// `(1 + Tlead s) / (1 + Tlag s) = 1 / (1 + Tlag s) + Tlead/Tlag (1 - 1 / (1 + Tlag s))` (Astrom and
/// Hagglund, *Advanced PID Control*, 2006, section 5.6). A constant disturbance gives exactly `K (d -
/// zero)`.
///
/// It is never the reason to lose the loop: without a plausible reading it holds or fades, and comes
/// back at the same rate. While the safe level acts, nothing can jump, and it does not wait.
public struct FeedForward: BitwiseCopyable, Sendable {
    private var parameters: FeedForwardParameters
    private var plausibility: PlausibilityCheck
    /// The lagged disturbance, Q44; `nil` until there is one.
    private var lagged: Int64?
    /// What is added, a fraction of the output range.
    public private(set) var added = Q3_28.zero
    public private(set) var state = FeedForwardState.acts

    public init(_ parameters: FeedForwardParameters) {
        self.parameters = parameters
        plausibility = PlausibilityCheck(
            range: parameters.range, maxRatePerSecond: parameters.maxRatePerSecond,
            maxAgeNanoseconds: parameters.maxAgeNanoseconds)
    }

    /// What is added in this tick.
    ///
    /// - Parameters:
    ///   - reading: the newest one of the disturbance; `nil` without one.
    ///   - isSafe: the safe level has acted since the last tick.
    mutating func update(_ reading: Reading?, now: UInt64, isSafe: Bool) -> Q3_28 {
        guard let disturbance = measured(reading, now: now) else {
            lagged = nil
            state = parameters.holds ? .holds : .fades
            if !parameters.holds { move(to: .zero) }
            return added
        }
        let wanted = wanted(disturbance)
        if isSafe || state == .acts {
            added = wanted
        } else {
            move(to: wanted)
        }
        state = added == wanted ? .acts : .returns
        return added
    }

    /// Takes over other checks of the sensor; what is added goes on from where it is.
    mutating func revise(_ new: FeedForwardParameters) {
        parameters = new
        plausibility.maxRatePerSecond = new.maxRatePerSecond
        plausibility.maxAgeNanoseconds = new.maxAgeNanoseconds
    }

    private mutating func measured(_ reading: Reading?, now: UInt64) -> Q16_16? {
        guard let reading else { return nil }
        do {
            return try plausibility.accept(reading, now: now)
        } catch {
            return nil
        }
    }

    private mutating func wanted(_ disturbance: Q16_16) -> Q3_28 {
        let span = parameters.range
        let distance =
            Int64(span.fraction(of: disturbance).bits)
            &- Int64(span.fraction(of: parameters.zero).bits)
        let held = lagged ?? distance &<< 16
        // Both are below 2^32: zero lies within the range as every accepted reading does.
        let next = held &+ parameters.lag.timesWidened(distance &- Rounding.halfUp(held, 16))
        lagged = next
        let slow = Rounding.halfUp(next, 16)
        let led = Int64(
            Rounding.saturated32(slow &+ parameters.lead.times(distance &- slow)))
        let command = Rounding.saturated32(parameters.gain.times(led))
        return Q3_28(bits: min(max(command, parameters.low.bits), parameters.high.bits))
    }

    /// A tick's worth nearer.
    private mutating func move(to wanted: Q3_28) {
        let reach = Int64(parameters.stepPerTick)
        let change = Int64(wanted.bits) &- Int64(added.bits)
        let step = change > reach ? reach : (change < -reach ? -reach : change)
        added = Q3_28(bits: Int32(truncatingIfNeeded: Int64(added.bits) &+ step))
    }
}
