/// The size of a network: how many inputs, units and outputs it has.
@frozen
public struct LSTMShape: BitwiseCopyable, Equatable, Sendable {
    /// Enough for the features of a controller, three identified constants and a disturbance.
    public static let inputLimit = 16
    /// A step of 64 units takes microseconds on a small board; more never paid in a control law.
    public static let unitLimit = 64
    public static let outputLimit = 4

    public let inputs: Int
    public let units: Int
    public let outputs: Int

    /// `nil` outside 1 ... 16 inputs, 1 ... 64 units, 1 ... 4 outputs.
    public init?(inputs: Int, units: Int, outputs: Int) {
        guard inputs >= 1, inputs <= Self.inputLimit, units >= 1, units <= Self.unitLimit,
            outputs >= 1, outputs <= Self.outputLimit
        else { return nil }
        self.inputs = inputs
        self.units = units
        self.outputs = outputs
    }

    /// Rows of the gates: input, forget, output, candidate, `units` rows each.
    @inlinable
    public var rows: Int { 4 * units }

    /// Weights of a row: one for each input, then one for each unit.
    @inlinable
    public var columns: Int { inputs + units }

    @inlinable
    public var weightCount: Int { rows * columns }

    @inlinable
    public var outputWeightCount: Int { outputs * units }
}
