/// One record file being written, from its beginning to its end. Closed when released.
///
/// A sink that failed is truncated and released; it is not written again.
package protocol ByteSink: AnyObject, Sendable {
    /// Appends all bytes, or fails having appended some of them.
    func write(_ bytes: [UInt8]) throws(IOFault)

    /// Cuts away what lies behind `length` bytes.
    func truncate(to length: UInt64) throws(IOFault)

    /// Returns when everything written so far survives a loss of power.
    func synchronize() throws(IOFault)
}
