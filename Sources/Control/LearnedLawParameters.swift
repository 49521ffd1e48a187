public import FixedPoint

/// What a learned law needs beside its network.
@frozen
public struct LearnedLawParameters: BitwiseCopyable, Equatable, Sendable {
    /// From the error to the candidate of the integrator cell, which is clipped to -1 ... 1: the
    /// error counts in full up to the inverse of this.
    public var integralScale: Gain
    /// Input gate of the integrator cell: integral gain a tick divided by `integralScale`. A network
    /// with a second output has its own gate before this one.
    public var integralGate: Gate
    /// Input gate for the difference between applied and wanted command while the law acts.
    public var trackingGate: Gate
    /// From a change of the setpoint to the change of the command that takes it back:
    /// `kp (b - 1)` of a PID, zero for a law whose network weighs the setpoint itself.
    public var setpointGain: Gain
    /// The largest error that this takes back: where the proportional part is full; above 0.
    public var setpointReach: Q3_28
    /// Setpoints and measurements, as fractions of the span, that the law was made for.
    public var envelopeLow: Q3_28
    public var envelopeHigh: Q3_28

    public init(
        integralScale: Gain, integralGate: Gate, trackingGate: Gate, setpointGain: Gain,
        setpointReach: Q3_28, envelopeLow: Q3_28, envelopeHigh: Q3_28
    ) {
        self.integralScale = integralScale
        self.integralGate = integralGate
        self.trackingGate = trackingGate
        self.setpointGain = setpointGain
        self.setpointReach = setpointReach
        self.envelopeLow = envelopeLow
        self.envelopeHigh = envelopeHigh
    }

    /// Whether the law was made for this point.
    public func covers(setpoint: Q3_28, measurement: Q3_28) -> Bool {
        setpoint >= envelopeLow && setpoint <= envelopeHigh && measurement >= envelopeLow
            && measurement <= envelopeHigh
    }
}
