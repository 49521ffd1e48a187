public import FixedPoint

/// The PID that stands behind every learned law, in fixed point.
///
/// `u = Kp (b r - y) + I + D`, the derivative on the measurement through a first-order filter, the
/// integrator corrected by back-calculation with what was applied (Astrom and Hagglund, *Advanced PID
/// Control*, 2006, sections 3.2, 3.5). While another law acts it tracks the applied command, so that a
/// transfer moves nothing.
public struct PID: BitwiseCopyable, Sendable {
    public let parameters: PIDParameters

    /// Q44: 16 bits below the command, so that a small integral gain is not lost.
    private var integrator: Int64 = 0
    private var derivative: Int64 = 0
    private var previous: Q3_28?
    private var command = Q3_28.zero

    public init(parameters: PIDParameters) {
        self.parameters = parameters
    }

    /// The command for a setpoint and a measurement, both fractions of the span; not yet limited.
    public mutating func update(setpoint: Q3_28, measurement: Q3_28) -> Q3_28 {
        let y = Int64(measurement.bits)
        let r = Int64(setpoint.bits)
        let weighted = Int64(Rounding.saturated32(parameters.setpointWeight.times(r) &- y))
        let proportional = parameters.proportional.times(weighted)

        let moved = y &- Int64((previous ?? measurement).bits)
        previous = measurement
        let raw = parameters.derivative.times(Int64(Rounding.saturated32(moved)))
        let slope = Int64(Rounding.saturated32(0 &- raw))
        derivative &+= parameters.derivativeFilter.times(slope &- derivative)

        let error = Int64(Rounding.saturated32(r &- y))
        add(parameters.integral.timesWidened(error))

        // Each term is below 2^46: the sum cannot wrap.
        let sum = proportional &+ Rounding.halfUp(integrator, 16) &+ derivative
        command = Q3_28(bits: Rounding.saturated32(sum))
        return command
    }

    /// Tells the law what was applied in this tick.
    ///
    /// - Parameter isActing: false while another law acts; the integrator then follows at once.
    public mutating func settle(applied: Q3_28, isActing: Bool) {
        let gap = Int64(Rounding.saturated32(Int64(applied.bits) &- Int64(command.bits)))
        add(isActing ? parameters.tracking.timesWidened(gap) : gap &<< 16)
    }

    /// Forgets the slope of the measurement after a gap in it: no kick when it returns.
    public mutating func forgetSlope() {
        previous = nil
        derivative = 0
    }

    /// Adds to the integrator, clipped to the range of a command.
    private mutating func add(_ change: Int64) {
        let limit: Int64 = (1 << 47) - 1
        let sum = integrator &+ change
        integrator = sum > limit ? limit : (sum < -limit ? -limit : sum)
    }
}
