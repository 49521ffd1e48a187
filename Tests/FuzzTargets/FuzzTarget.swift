/// A way by which bytes from outside enter the product, for a fuzzer to walk.
///
/// Whatever the bytes are, each gives a value or a refusal with its reason; the program ends with
/// the finding when one does not.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The text of a configuration, on to loops and a simulated plant.
    case configuration
    /// A model file, on to a loop that runs it.
    case model
    /// A record file, on to its table and its replay.
    case record

    public func run(_ bytes: [UInt8]) {
        switch self {
        case .configuration: ConfigurationFuzz.run(bytes)
        case .model: ModelFuzz.run(bytes)
        case .record: RecordFuzz.run(bytes)
        }
    }

    /// Every refusal says why.
    static func expectReason(_ reason: String, of fault: any Error) {
        precondition(!reason.isEmpty, "a refusal without a reason: \(fault)")
    }
}
