/// How a device that exchanges lines of text is reached.
package struct LineDeviceSettings: Equatable, Sendable {
    package var path: Located<String>
    package var baud: Int
    /// Of one request.
    package var deadlineMilliseconds: Int
    /// From the begin of one round of requests to that of the next.
    package var pollMilliseconds: Int
    /// After opening, in which the device is not asked.
    package var startMilliseconds: Int
    package var terminator: SerialTerminator
    package var checksum: SerialChecksum
    /// Between the text and its checksum.
    package var checksumMark: String
    /// Bytes at the begin that the checksum leaves out.
    package var checksumSkip: Int
}
