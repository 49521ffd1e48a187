public import FixedPoint

/// The PID that stands behind every learned law, in fixed point.
///
/// `u = Kp (b r - y) + I + D`, `y` the measurement through a first-order filter, if there is one, the
/// derivative on `y` through another, the integrator corrected by back-calculation with what was applied (Astrom and Hagglund, *Advanced
/// PID Control*, 2006, sections 3.2, 3.5). While another law acts it tracks the applied command, so
/// that a transfer moves nothing. P and I may be thousands of times the output range: with a
/// setpoint weight below 1, I has to carry kp (1 - b) r, and at a transfer whatever P is.
public struct PID: BitwiseCopyable, Sendable {
    public private(set) var parameters: PIDParameters

    /// Q44: 16 bits below the command, so that a small integral gain is not lost.
    private var integrator: Int64 = 0
    private var derivative: Int64 = 0
    /// The filtered measurement, Q44 for the same reason; `nil` until there is one.
    private var filtered: Int64?
    private var previous: Int64?
    /// The last command in Q28, before it is clipped to the format.
    private var unclipped: Int64 = 0

    /// 4096 output ranges in Q28: no such command differs from full, and the sums stay in 64 bits.
    private static var proportionalLimit: Int64 { 1 << 40 }
    /// 8 spans in Q44, as much as a measurement can say.
    static var filteredLimit: Int64 { 1 << 47 }
    /// 8192 output ranges in Q44: it can balance any P.
    static var integratorLimit: Int64 { 1 << 57 }

    /// - Parameter start: the command without error at the start, and for good without integral action.
    public init(parameters: PIDParameters, start: Q3_28 = .zero) {
        self.parameters = parameters
        integrator = Int64(start.bits) &<< 16
        unclipped = Int64(start.bits)
    }

    /// The command for a setpoint and a measurement, both fractions of the span; not yet limited.
    public mutating func update(setpoint: Q3_28, measurement: Q3_28) -> Q3_28 {
        let y = filter(Int64(measurement.bits))
        let r = Int64(setpoint.bits)
        let weighted = Int64(Rounding.saturated32(parameters.setpointWeight.times(r) &- y))
        let proportional = clipped(
            parameters.proportional.times(weighted), to: Self.proportionalLimit)

        let moved = y &- (previous ?? y)
        previous = y
        let raw = parameters.derivative.times(Int64(Rounding.saturated32(moved)))
        let slope = Int64(Rounding.saturated32(0 &- raw))
        let filtered = derivative &+ parameters.derivativeFilter.times(slope &- derivative)
        derivative = Int64(Rounding.saturated32(filtered))

        let error = Int64(Rounding.saturated32(r &- y))
        add(parameters.integral.timesWidened(error))

        // At most 2^40, 2^41 and 2^31: the sum cannot wrap.
        unclipped = proportional &+ Rounding.halfUp(integrator, 16) &+ derivative
        return Q3_28(bits: Rounding.saturated32(unclipped))
    }

    /// The measurement of this tick through its filter. It comes to rest within half a unit of Q28.
    private mutating func filter(_ measurement: Int64) -> Int64 {
        let held = filtered ?? measurement &<< 16
        let gap = Int64(Rounding.saturated32(measurement &- Rounding.halfUp(held, 16)))
        let next = clipped(
            held &+ parameters.measurementFilter.timesWidened(gap), to: Self.filteredLimit)
        filtered = next
        return Rounding.halfUp(next, 16)
    }

    /// Tells the law what was applied in this tick.
    ///
    /// Without integral action nothing is carried over: an offset would never go away again.
    /// - Parameter isActing: false while another law acts; the integrator then follows at once, and
    ///   telling it again changes nothing.
    public mutating func settle(applied: Q3_28, isActing: Bool) {
        guard parameters.integral.mantissa != 0 else { return }
        // Below 2^43.
        let gap = Int64(applied.bits) &- unclipped
        if isActing {
            add(parameters.tracking.timesWidened(large: gap))
        } else {
            add(gap &<< 16)
            unclipped = Int64(applied.bits)
        }
    }

    /// Forgets the last measurement after a gap: no kick when it returns. The derivative that there
    /// was fades through its filter.
    public mutating func forgetSlope() {
        previous = nil
    }

    /// Forgets the derivative and the filtered measurement too, after a gap too long to bridge.
    public mutating func reset() {
        filtered = nil
        previous = nil
        derivative = 0
    }

    /// What the next command depends on beside its inputs.
    public var memory: PIDMemory {
        PIDMemory(
            integrator: integrator, derivative: derivative, filtered: filtered, previous: previous,
            unclipped: unclipped)
    }

    /// Goes on where a PID of the same parameters was.
    ///
    /// - Precondition: `memory.isSound`.
    public mutating func restore(_ memory: PIDMemory) {
        integrator = memory.integrator
        derivative = memory.derivative
        filtered = memory.filtered
        previous = memory.previous
        unclipped = memory.unclipped
    }

    /// Takes other gains. What it remembers of the measurement stays; its integrator is right again
    /// once it has settled at what is applied.
    ///
    /// - Parameter start: for good without integral action, as at the beginning.
    mutating func revise(_ new: PIDParameters, start: Q3_28) {
        parameters = new
        if new.integral.mantissa == 0 { integrator = Int64(start.bits) &<< 16 }
        if new.derivative.mantissa == 0 { derivative = 0 }
    }

    /// Adds to the integrator; `change` is below 2^62, the integrator below 2^58.
    private mutating func add(_ change: Int64) {
        integrator = clipped(integrator &+ change, to: Self.integratorLimit)
    }

    private func clipped(_ value: Int64, to limit: Int64) -> Int64 {
        value > limit ? limit : (value < -limit ? -limit : value)
    }
}
