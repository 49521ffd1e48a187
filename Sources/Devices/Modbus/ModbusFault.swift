/// Why a request on a bus brought nothing.
package enum ModbusFault: Error, Equatable, Sendable {
    /// The line cannot be opened, or is gone.
    case line(errno: Int32)
    /// No answer within the deadline.
    case timedOut
    /// The device refuses the request: the exception code of the Modbus application protocol, section 7.
    case exception(code: UInt8)
    /// An answer with a wrong checksum, of another device, or to another request.
    case malformed
}
