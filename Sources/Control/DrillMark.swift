/// What a fault drill altered in the inputs of a tick, as bits. Values are stable: records carry
/// them.
public enum DrillMark {
    /// The reading was taken away or replaced.
    public static let sensor: UInt8 = 1
    /// The actuator's report was replaced by a fault.
    public static let actuator: UInt8 = 2
    /// The interlocks were opened.
    public static let interlock: UInt8 = 4
    /// The safe level was driven in place of the command.
    public static let output: UInt8 = 8
}
