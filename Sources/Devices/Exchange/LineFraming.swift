/// How a text becomes a line on the wire, and a line a text.
package struct LineFraming: Sendable {
    package enum Terminator: Sendable {
        case lf, crlf, cr

        var bytes: [UInt8] {
            switch self {
            case .lf: Array("\n".utf8)
            case .crlf: Array("\r\n".utf8)
            case .cr: Array("\r".utf8)
            }
        }

        /// The byte with which a received line ends; a CR before an LF is cut off.
        var last: UInt8 { UInt8(ascii: self == .cr ? "\r" : "\n") }
    }

    let terminator: Terminator
    private let checksum: LineChecksum?
    private let mark: [UInt8]
    private let skippedCount: Int

    /// - Parameters:
    ///   - mark: what stands between the text and the digits of its checksum, as the `*` of NMEA.
    ///   - skippedCount: how many bytes at the begin the checksum leaves out, as the `$` of NMEA.
    package init(
        _ terminator: Terminator, checksum: LineChecksum? = nil, mark: String = "*",
        skippedCount: Int = 0
    ) {
        self.terminator = terminator
        self.checksum = checksum
        self.mark = Array(mark.utf8)
        self.skippedCount = skippedCount
    }

    /// The whole line: text, checksum, terminator.
    package func line(_ text: [UInt8]) -> [UInt8] {
        guard let checksum else { return text + terminator.bytes }
        return text + mark + checksum.digits(text.dropFirst(skippedCount)) + terminator.bytes
    }

    /// The text of a line without its terminator; `nil` when its checksum is missing or wrong.
    package func text(_ line: [UInt8]) -> [UInt8]? {
        guard let checksum else { return line }
        let text = line.dropLast(mark.count + checksum.digitCount)
        let tail = line.dropFirst(text.count)
        guard tail.starts(with: mark) else { return nil }
        let written = String(decoding: tail.dropFirst(mark.count), as: UTF8.self).uppercased()
        let wanted = checksum.digits(text.dropFirst(skippedCount))
        guard Array(written.utf8) == wanted else { return nil }
        return Array(text)
    }
}
