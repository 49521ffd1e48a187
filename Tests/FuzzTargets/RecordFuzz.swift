import Assembly
import Configuration
import Control
import FixedPoint
import Telemetry

/// From the bytes of a record file to its table and its replay.
///
/// The bytes are tried as they are and once more with the checksums of their chunks and attachments
/// made right, so that changed messages are decoded too. The head keeps its own checksum.
enum RecordFuzz {
    private static let magicBytes = 8
    private static let headerBytes = 9
    private static let chunk: UInt8 = 0x06
    private static let attachment: UInt8 = 0x09

    static func run(_ bytes: [UInt8]) {
        read(bytes, .stop)
        read(bytes, .skip)
        let sealed = sealed(bytes)
        if sealed != bytes { read(sealed, .stop) }
    }

    private static func read(_ bytes: [UInt8], _ policy: DamagePolicy) {
        let file: RecordFile
        do throws(RecordFault) {
            file = try RecordFile(bytes: bytes, policy: policy)
        } catch {
            FuzzTarget.expectReason(error.description, of: error)
            return
        }
        if file.tail == .complete && file.damages.isEmpty {
            precondition(file.run != nil, "a sound file without a run")
        }
        guard let run = file.run else { return }
        precondition(!RecordCSV.table(file.ticks, loops: run.loops).isEmpty, "no table")
        replay(file.ticks, of: run)
    }

    private static func replay(_ ticks: [TickRecord], of run: RunDescription) {
        do throws(ReplayFault) {
            var replay = try Replay(run)
            for tick in ticks { try replay.step(tick) }
        } catch {
            // The other faults carry their reason as values.
            if case .assembly(let fault) = error {
                FuzzTarget.expectReason(fault.description, of: fault)
            }
        }
    }

    // MARK: Checksums

    /// The file with right checksums, as far as its framing can be followed.
    private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        var sealed = bytes
        var position = magicBytes
        while position + headerBytes <= sealed.count {
            let opcode = sealed[position]
            let length = integer(sealed, at: position + 1)
            let start = position + headerBytes
            guard length <= UInt64(sealed.count - start) else { break }
            let end = start + Int(length)
            if opcode == chunk { sealChunk(&sealed, start..<end) }
            if opcode == attachment && length >= 4 {
                put(CRC32.of(sealed[start..<(end - 4)]), in: &sealed, at: end - 4)
            }
            position = end
        }
        return sealed
    }

    /// Two times, the size, the checksum, the name of a compression, the size again, the messages.
    private static func sealChunk(_ bytes: inout [UInt8], _ content: Range<Int>) {
        let checksumAt = content.lowerBound + 24
        let messagesAt = checksumAt + 4 + 4 + 8
        guard messagesAt <= content.upperBound else { return }
        put(CRC32.of(bytes[messagesAt..<content.upperBound]), in: &bytes, at: checksumAt)
    }

    private static func integer(_ bytes: [UInt8], at position: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }

    private static func put(_ value: UInt32, in bytes: inout [UInt8], at position: Int) {
        for index in 0..<4 {
            bytes[position + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
        }
    }
}

extension CRC32 {
    fileprivate static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var checksum = CRC32()
        for byte in bytes { checksum.update(byte) }
        return checksum.value
    }
}
