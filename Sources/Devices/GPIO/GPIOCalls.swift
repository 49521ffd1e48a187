/// The calls for GPIO lines: those of libgpiod, or of a test that records them and makes any of
/// them fail. None of them waits.
package protocol GPIOCalls: Sendable {
    /// Names of the chips, `gpiochip0` and so on.
    func chips() throws(CallFault) -> [String]

    func chip(_ name: String) throws(CallFault) -> GPIOChip

    func line(_ chip: String, offset: UInt32) throws(CallFault) -> GPIOLine

    /// Takes lines for this process alone; outputs have `values` from the first moment on, line 0 in
    /// the lowest bit.
    func request(
        _ chip: String, offsets: [UInt32], _ options: GPIOOptions, values: UInt64
    ) throws(CallFault) -> Int32

    /// All lines of a request in one call.
    func get(_ request: Int32) throws(CallFault) -> UInt64
    func set(_ request: Int32, values: UInt64) throws(CallFault)

    /// The edges that the kernel has kept, oldest first, into an array that is emptied before;
    /// whether any were lost.
    func readEdges(_ request: Int32, into edges: inout [GPIOEdge]) throws(CallFault) -> Bool

    func release(_ request: Int32)

    /// What a request of outputs is set to when the process crashes.
    func arm(_ request: Int32, values: UInt64)
}
