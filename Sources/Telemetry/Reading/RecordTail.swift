/// How a record ends.
package enum RecordTail: Equatable, Sendable {
    /// The file was closed, and its index is whole.
    case complete
    /// The file was not closed: everything before `atByte` was delivered, `lostBytes` behind it
    /// are a part of something or lie behind damage. A file still being written looks like this.
    case torn(atByte: UInt64, lostBytes: UInt64)
}
