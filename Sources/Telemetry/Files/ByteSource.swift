/// A record file being read; it may grow meanwhile.
package protocol ByteSource: AnyObject, Sendable {
    /// The number of bytes at present.
    func size() throws(IOFault) -> UInt64

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(at offset: UInt64, count: Int) throws(IOFault) -> [UInt8]
}
