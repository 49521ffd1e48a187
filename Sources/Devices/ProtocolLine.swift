/// One line of a serial protocol without its end, of bounded length and without a heap.
package struct ProtocolLine: Sendable {
    /// More than any line of a supported protocol: a version banner has about forty bytes.
    package static let capacity = 128

    private var storage = InlineArray<128, UInt8>(repeating: 0)
    package private(set) var count = 0

    package init() {}

    /// Text from the program, cut to the capacity.
    package init(_ text: StaticString) {
        text.withUTF8Buffer { buffer in
            for index in buffer.indices { unsafe append(buffer[index]) }
        }
    }

    package init(_ bytes: Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }

    package var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get { storage.span.extracting(first: count) }
    }

    /// The line for people: printable ASCII as it is, everything else as a dot.
    package var text: String {
        var text = ""
        for index in 0..<count {
            let byte = storage[index]
            let isPrintable = byte >= 0x20 && byte < 0x7F
            text.unicodeScalars.append(Unicode.Scalar(isPrintable ? byte : UInt8(ascii: ".")))
        }
        return text
    }

    /// Whether there was room.
    @discardableResult
    package mutating func append(_ byte: UInt8) -> Bool {
        guard count < Self.capacity else { return false }
        storage[count] = byte
        count += 1
        return true
    }

    package func starts(with prefix: ProtocolLine) -> Bool {
        guard prefix.count <= count else { return false }
        for index in 0..<prefix.count where storage[index] != prefix.storage[index] {
            return false
        }
        return true
    }

    /// The line from the byte at `start` on.
    package func dropping(_ start: Int) -> ProtocolLine {
        var rest = ProtocolLine()
        for index in min(start, count)..<count { rest.append(storage[index]) }
        return rest
    }
}

extension ProtocolLine: Equatable {
    package static func == (left: ProtocolLine, right: ProtocolLine) -> Bool {
        left.count == right.count && left.starts(with: right)
    }
}
