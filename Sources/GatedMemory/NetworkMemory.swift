/// What a network carries from one step to the next, in the size of the largest network: to be
/// taken over by another run of the same one.
public struct NetworkMemory: BitwiseCopyable, Sendable {
    /// Of the units, in order; those that a network does not have stay empty.
    public var cells = InlineArray<64, MemoryCell>(repeating: MemoryCell())
    /// The hidden vector, Q15.
    public var hidden = InlineArray<64, Int16>(repeating: 0)

    public init() {}

    /// Whether a network can have written this: what its step takes for granted.
    public var isSound: Bool {
        let (cells, hidden) = (cells.span, hidden.span)
        for unit in 0..<LSTMShape.unitLimit {
            // A residue is what rounding half up of 31 bits leaves over.
            guard cells[unit].residue.magnitude <= 1 << 30, hidden[unit] != .min else {
                return false
            }
        }
        return true
    }
}
