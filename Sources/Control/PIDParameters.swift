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
    /// Share of a new measurement that its filter lets in, in all three terms: Ts / (Tm + Ts), above
    /// 0 to 1; 1 is no filter, to the last bit.
    public var measurementFilter: Gain
    /// Weight b of the setpoint in the proportional term, 0 ... 1.
    public var setpointWeight: Gain
    /// Share of the saturation that flows back into the integrator in a tick: Ts / Tt, 0 ... 1.
    /// Nothing else keeps the integrator from winding up.
    public var tracking: Gain

    public init(
        proportional: Gain, integral: Gain, derivative: Gain, derivativeFilter: Gain,
        measurementFilter: Gain, setpointWeight: Gain, tracking: Gain
    ) {
        self.proportional = proportional
        self.integral = integral
        self.derivative = derivative
        self.derivativeFilter = derivativeFilter
        self.measurementFilter = measurementFilter
        self.setpointWeight = setpointWeight
        self.tracking = tracking
    }
}
