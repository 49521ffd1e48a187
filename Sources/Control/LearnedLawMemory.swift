public import FixedPoint
public import GatedMemory

/// What a learned law carries from one tick to the next.
public struct LearnedLawMemory: BitwiseCopyable, Sendable {
    public var network: NetworkMemory
    public var integrator: MemoryCell
    public var previousMeasurement: Q3_28?
    public var previousSetpoint: Q3_28
    public var weightedSetpoint: Q3_28?
    public var applied: Q3_28
    public var appliedBefore: Q3_28
    /// The last command before it was clipped, Q28.
    public var unclipped: Int64

    public init(
        network: NetworkMemory, integrator: MemoryCell, previousMeasurement: Q3_28?,
        previousSetpoint: Q3_28, weightedSetpoint: Q3_28?, applied: Q3_28, appliedBefore: Q3_28,
        unclipped: Int64
    ) {
        self.network = network
        self.integrator = integrator
        self.previousMeasurement = previousMeasurement
        self.previousSetpoint = previousSetpoint
        self.weightedSetpoint = weightedSetpoint
        self.applied = applied
        self.appliedBefore = appliedBefore
        self.unclipped = unclipped
    }

    /// Whether a law can have written this: what its sums take for granted.
    public var isSound: Bool {
        // A command is an integrator and an output, of 32 bits each; following adds one more.
        network.isSound && integrator.residue.magnitude <= 1 << 30
            && unclipped.magnitude <= 1 << 33
    }
}
