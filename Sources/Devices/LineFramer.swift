/// Cuts a stream of bytes into lines that end with LF or CRLF, or with another byte.
///
/// Its memory is one line: a line that does not fit is reported once, and skipped up to its end.
package struct LineFramer: Sendable {
    package enum Event: Equatable, Sendable {
        case line(ProtocolLine)
        /// More than `ProtocolLine.capacity` bytes without an end.
        case overlong
    }

    private let end: UInt8
    private var line = ProtocolLine()
    private var isSkipping = false

    package init(end: UInt8 = UInt8(ascii: "\n")) { self.end = end }

    /// Takes the next byte; says when it completed a line, or made it too long.
    package mutating func push(_ byte: UInt8) -> Event? {
        if byte == end {
            let complete = line
            let wasSkipping = isSkipping
            self = LineFramer(end: end)
            return wasSkipping ? nil : .line(complete.withoutCarriageReturn)
        }
        guard !isSkipping else { return nil }
        guard line.append(byte) else {
            isSkipping = true
            return .overlong
        }
        return nil
    }
}

extension ProtocolLine {
    fileprivate var withoutCarriageReturn: ProtocolLine {
        let span = bytes
        guard count > 0, span[count - 1] == UInt8(ascii: "\r") else { return self }
        return ProtocolLine(span.extracting(first: count - 1))
    }
}
