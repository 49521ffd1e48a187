public import FixedPoint

/// The gains of a PID, per tick and normalised: output range per measurement span.
@frozen
public struct PIDParameters: BitwiseCopyable, Equatable, Sendable {
    /// Proportional gain.
    public var proportional: Gain
    /// Integral gain a tick: Kp Ts / Ti, or zero for no integral action.
    public var integral: Gain
    /// Derivative gain: Kp Td / Ts.
    public var derivative: Gain
    /// Share of a new derivative that the filter lets in: Ts / (Tf + Ts), 0 ... 1.
    public var derivativeFilter: Gain
    /// Weight b of the setpoint in the proportional term, 0 ... 1.
    public var setpointWeight: Gain
    /// Share of the saturation that flows back into the integrator in a tick: Ts / Tt, 0 ... 1.
    /// Nothing else keeps the integrator from winding up.
    public var tracking: Gain

    public init(
        proportional: Gain, integral: Gain, derivative: Gain, derivativeFilter: Gain,
        setpointWeight: Gain, tracking: Gain
    ) {
        self.proportional = proportional
        self.integral = integral
        self.derivative = derivative
        self.derivativeFilter = derivativeFilter
        self.setpointWeight = setpointWeight
        self.tracking = tracking
    }
}
