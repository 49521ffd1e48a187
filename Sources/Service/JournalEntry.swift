/// An entry of the journal in its native form (systemd's JOURNAL_NATIVE_PROTOCOL).
package struct JournalEntry: Sendable {
    /// Longest value of a field, so that an entry fits into a datagram.
    package static let longestValueBytes = 16_384

    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Adds a field; a name that the journal would refuse is left out.
    ///
    /// - Parameter name: A to Z, 0 to 9 and "_", not first a digit or "_", 64 bytes at most.
    package mutating func add(_ name: String, _ value: String) {
        guard Self.isName(name) else { return }
        let value = Array(value.utf8.prefix(Self.longestValueBytes))
        bytes += name.utf8
        if value.contains(0x0A) {
            bytes.append(0x0A)
            let count = UInt64(value.count)
            for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: count >> shift))
            }
        } else {
            bytes.append(0x3D)
        }
        bytes += value
        bytes.append(0x0A)
    }

    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), let first = name.utf8.first else { return false }
        let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
        return isLetter(first)
            && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
