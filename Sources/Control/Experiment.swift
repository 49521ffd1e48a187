public import FixedPoint

/// An experiment that is asked for: what it does, and what ends it whatever happens.
///
/// It is an input of every tick for as long as it is wanted. Without it in a tick the experiment is
/// over: so nothing has to arrive for an abort.
@frozen
public struct Experiment: BitwiseCopyable, Equatable, Sendable {
    /// Raw value of `ExperimentKind`; 0 for none.
    public var rawKind: UInt8 = 0
    /// Tells an experiment from the one before it.
    public var number: UInt32 = 0
    /// The step, or half the distance between the relay's levels, in the actuator's unit. Negative
    /// steps down; a relay with a negative one is for a process whose measurement falls when the
    /// command rises.
    public var amplitude = Q16_16(bits: 0)
    /// Half of the relay's dead band, in the sensor's unit.
    public var hysteresis = Q16_16(bits: 0)
    /// Ticks with the command held before anything moves.
    public var settleTicks: UInt32 = 0
    /// Ticks after which it is over, settling included.
    public var limitTicks: UInt32 = 0
    /// Switches upward after which a relay is complete; 0 runs to the time limit.
    public var switches: UInt16 = 0
    /// A measurement at or beyond one of these ends it.
    public var low = Q16_16(bits: 0)
    public var high = Q16_16(bits: 0)
    /// A change of the measurement above this within `slopeTicks` ends it, in the sensor's unit.
    /// Stretches of so many ticks follow one another: across two, up to twice as much may pass.
    public var slope = Q16_16(bits: 0)
    public var slopeTicks: UInt32 = 0

    public init() {}

    public var kind: ExperimentKind? { ExperimentKind(rawValue: rawKind) }
}
