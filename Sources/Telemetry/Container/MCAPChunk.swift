/// Messages on their way into one chunk of an MCAP file.
///
/// Channel identifiers mean the same in every file of a run, so a chunk can be written to whichever
/// file is open when it is closed.
struct MCAPChunk {
    private var messages = ByteEncoder()
    /// By channel: the serialised (time, offset) pairs of its message index.
    private var indexes: [UInt16: ByteEncoder] = [:]
    private(set) var counts: [UInt16: UInt64] = [:]
    private(set) var startTime: UInt64 = .max
    private(set) var endTime: UInt64 = 0

    var isEmpty: Bool { messages.bytes.isEmpty }
    var byteCount: Int { messages.bytes.count }
    var messageCount: UInt64 { counts.values.reduce(0, +) }
    var channels: [UInt16] { indexes.keys.sorted() }

    mutating func append(channel: UInt16, sequence: UInt32, time: UInt64, payload: [UInt8]) {
        let offset = UInt64(messages.bytes.count)
        messages.record(.message) { record in
            record.integer(channel)
            record.integer(sequence)
            record.integer(time)
            record.integer(time)
            record.bytes.append(contentsOf: payload)
        }
        indexes[channel, default: ByteEncoder()].integer(time)
        indexes[channel, default: ByteEncoder()].integer(offset)
        counts[channel, default: 0] += 1
        startTime = min(startTime, time)
        endTime = max(endTime, time)
    }

    /// The chunk record.
    func serialised() -> [UInt8] {
        var encoder = ByteEncoder()
        encoder.record(.chunk) { record in
            record.integer(isEmpty ? 0 : startTime)
            record.integer(endTime)
            record.integer(UInt64(messages.bytes.count))
            record.integer(Checksum.of(messages.bytes))
            record.text("")
            record.integer(UInt64(messages.bytes.count))
            record.bytes.append(contentsOf: messages.bytes)
        }
        return encoder.bytes
    }

    /// The message index record of one channel.
    func serialisedIndex(of channel: UInt16) -> [UInt8] {
        let entries = indexes[channel]?.bytes ?? []
        var encoder = ByteEncoder()
        encoder.record(.messageIndex) { record in
            record.integer(channel)
            record.integer(UInt32(truncatingIfNeeded: entries.count))
            record.bytes.append(contentsOf: entries)
        }
        return encoder.bytes
    }
}
