/// What a PID carries from one tick to the next, in the formats of its own fields.
public struct PIDMemory: BitwiseCopyable, Equatable, Sendable {
    /// Q44.
    public var integrator: Int64
    /// Q28.
    public var derivative: Int64
    /// The filtered measurement, Q44.
    public var filtered: Int64?
    /// The measurement of the tick before, filtered, Q28.
    public var previous: Int64?
    /// The last command before it was clipped, Q28.
    public var unclipped: Int64

    public init(
        integrator: Int64, derivative: Int64, filtered: Int64?, previous: Int64?, unclipped: Int64
    ) {
        self.integrator = integrator
        self.derivative = derivative
        self.filtered = filtered
        self.previous = previous
        self.unclipped = unclipped
    }

    /// Whether a PID can have written this: what its sums take for granted.
    public var isSound: Bool {
        func isWithin(_ value: Int64, _ limit: Int64) -> Bool { value.magnitude <= limit.magnitude }
        return isWithin(integrator, PID.integratorLimit) && isWithin(derivative, 1 << 31)
            && isWithin(filtered ?? 0, PID.filteredLimit) && isWithin(previous ?? 0, 1 << 31)
            // P is at most 2^40, I 2^41 and D 2^31.
            && isWithin(unclipped, 1 << 42)
    }
}
