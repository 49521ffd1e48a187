public import FixedPoint

/// What the three gates of one unit did in a step.
@frozen
public struct UnitGates: BitwiseCopyable, Equatable, Sendable {
    public let input: Gate
    /// `1 - f`: a long memory is known to its relative precision, which `f` near 1 would lose.
    public let leak: Gate
    public let output: Gate

    public init(input: Gate, leak: Gate, output: Gate) {
        self.input = input
        self.leak = leak
        self.output = output
    }
}
