/// The requests on a bus: those of libmodbus, or of a test that records them and makes any fail.
///
/// A request takes its deadline at most. One thread at a time.
package protocol ModbusCalls: AnyObject {
    /// CLOCK_MONOTONIC.
    var nowNanoseconds: UInt64 { get }

    /// Opens the line, for this owner alone.
    func open(_ line: ModbusLine) throws(ModbusFault)

    /// With nothing open, does nothing.
    func close()

    /// So many registers, or bits as 0 and 1.
    func read(_ place: ModbusPlace, count: Int) throws(ModbusFault) -> [UInt16]

    /// One bit or register, or several registers in one request; the device has confirmed it.
    func write(_ place: ModbusPlace, _ words: [UInt16]) throws(ModbusFault)
}
