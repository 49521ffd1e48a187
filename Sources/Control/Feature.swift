public import FixedPoint

/// One input of a learned law: a quantity of the loop times a gain, clipped to Q15.
@frozen
public struct Feature: BitwiseCopyable, Equatable, Sendable {
    public let source: FeatureSource
    /// From the quantity, as a fraction of its range, to the network's input.
    public let gain: Gain

    public init(source: FeatureSource, gain: Gain) {
        self.source = source
        self.gain = gain
    }
}

/// The quantities that a learned law may look at. Model files name them.
public enum FeatureSource: UInt8, BitwiseCopyable, Sendable {
    /// `r - y`
    case error = 0
    /// `y - y` of the tick before
    case measurementChange = 1
    /// `r - r` of the tick before
    case setpointChange = 2
    /// Applied command of the tick before, minus the one before that
    case commandChange = 3
    /// `2 y - 1`
    case measurement = 4
    /// `2 r - 1`
    case setpoint = 5
    /// `2 u - 1` of the command applied in the tick before
    case command = 6
    /// 1: the gain itself is the input
    case constant = 7
}
