/// Which program a TCLab board runs, and what follows from it.
package struct TCLabFirmware: Equatable, Comparable, Sendable, BitwiseCopyable {
    package let major: UInt16
    package let minor: UInt16
    package let patch: UInt16

    package init(_ major: UInt16, _ minor: UInt16, _ patch: UInt16) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Whether it knows `SCAN`, which answers all four values at once.
    package var hasScan: Bool { self >= TCLabFirmware(1, 3, 0) }

    /// Decimals that heater levels are sent with: before 1.4 a level is an integer.
    package var levelDecimals: Int { self >= TCLabFirmware(1, 4, 0) ? 2 : 0 }

    package var text: String { "\(major).\(minor).\(patch)" }

    package static func < (left: TCLabFirmware, right: TCLabFirmware) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// The firmware that answered `VER` with this line, or why it is not driven.
    ///
    /// Known answers: `TCLab Firmware 2.0.1 Arduino Uno`, `TCLab Firmware Version 1.2.1` and, from
    /// a board that took `VER` for an unknown command and went to sleep, `Stop`.
    package init(reply: ProtocolLine) throws(TCLabRefusal) {
        guard reply != ProtocolLine("Stop") else { throw .sleeps }
        let banner = ProtocolLine("TCLab Firmware ")
        guard reply.starts(with: banner) else { throw .foreign(reply) }
        var version = reply.dropping(banner.count)
        let word = ProtocolLine("Version ")
        if version.starts(with: word) { version = version.dropping(word.count) }
        guard let parts = Self.parts(of: version) else { throw .foreign(reply) }
        // 1.01 is not 1.1: the leading zero marks the older numbering, which ended with 1.01.
        guard !parts.hasLeadingZero, parts.version >= TCLabFirmware(1, 1, 0) else {
            throw .tooOld(reply)
        }
        self = parts.version
    }

    /// Two or three numbers of at most four digits with points between them, up to a space.
    private static func parts(
        of line: ProtocolLine
    ) -> (version: TCLabFirmware, hasLeadingZero: Bool)? {
        let bytes = line.bytes
        var numbers = InlineArray<3, UInt16>(repeating: 0)
        var part = 0
        var digits = 0
        var hasLeadingZero = false
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: " ") { break }
            if byte == UInt8(ascii: ".") {
                guard digits > 0, part < 2 else { return nil }
                part += 1
                digits = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 4 else {
                return nil
            }
            if digits == 1, numbers[part] == 0 { hasLeadingZero = true }
            numbers[part] = numbers[part] * 10 + UInt16(byte - UInt8(ascii: "0"))
            digits += 1
        }
        guard part > 0, digits > 0 else { return nil }
        return (TCLabFirmware(numbers[0], numbers[1], numbers[2]), hasLeadingZero)
    }
}
