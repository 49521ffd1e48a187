/// What an MCAP writer must remember to close its file: the index of everything written.
struct MCAPSummary {
    private var schemas = ByteEncoder()
    private var channels = ByteEncoder()
    private var chunkIndexes = ByteEncoder()
    private var attachmentIndexes = ByteEncoder()
    private var metadataIndexes = ByteEncoder()
    private var schemaCount: UInt16 = 0
    private var channelCount: UInt32 = 0
    private var attachmentCount: UInt32 = 0
    private var metadataCount: UInt32 = 0
    private(set) var chunkCount: UInt32 = 0
    private var messageCounts: [UInt16: UInt64] = [:]
    private var startTime: UInt64 = .max
    private var endTime: UInt64 = 0

    /// An upper bound of the bytes `serialised` gives, magic included.
    var byteBound: Int {
        schemas.bytes.count + channels.bytes.count + chunkIndexes.bytes.count
            + attachmentIndexes.bytes.count + metadataIndexes.bytes.count
            + 10 * messageCounts.count + 512
    }

    mutating func add(schema record: [UInt8]) {
        schemas.bytes += record
        schemaCount += 1
    }

    mutating func add(channel record: [UInt8]) {
        channels.bytes += record
        channelCount += 1
    }

    mutating func add(
        attachment: RecordAttachment, offset: UInt64, length: UInt64, time: UInt64
    ) {
        attachmentIndexes.record(.attachmentIndex) { record in
            record.integer(offset)
            record.integer(length)
            record.integer(time)
            record.integer(UInt64(0))
            record.integer(UInt64(attachment.bytes.count))
            record.text(attachment.name)
            record.text(attachment.mediaType)
        }
        attachmentCount += 1
    }

    mutating func add(metadata name: String, offset: UInt64, length: UInt64) {
        metadataIndexes.record(.metadataIndex) { record in
            record.integer(offset)
            record.integer(length)
            record.text(name)
        }
        metadataCount += 1
    }

    /// - Parameter indexOffsets: by channel, where its message index record stands in the file.
    mutating func add(
        chunk: MCAPChunk, offset: UInt64, length: UInt64,
        indexOffsets: [(channel: UInt16, offset: UInt64)], indexLength: UInt64
    ) {
        chunkIndexes.record(.chunkIndex) { record in
            record.integer(chunk.startTime)
            record.integer(chunk.endTime)
            record.integer(offset)
            record.integer(length)
            record.counted { map in
                for entry in indexOffsets {
                    map.integer(entry.channel)
                    map.integer(entry.offset)
                }
            }
            record.integer(indexLength)
            record.text("")
            record.integer(UInt64(chunk.byteCount))
            record.integer(UInt64(chunk.byteCount))
        }
        chunkCount += 1
        messageCounts.merge(chunk.counts, uniquingKeysWith: +)
        startTime = min(startTime, chunk.startTime)
        endTime = max(endTime, chunk.endTime)
    }

    /// Everything from the data end record to the closing magic.
    ///
    /// - Parameters:
    ///   - offset: where it will stand in the file.
    ///   - dataChecksum: CRC of the file up to there.
    func serialised(at offset: UInt64, dataChecksum: UInt32) -> [UInt8] {
        var encoder = ByteEncoder()
        encoder.record(.dataEnd) { $0.integer(dataChecksum) }
        let summaryPosition = encoder.bytes.count
        let summaryStart = offset + UInt64(summaryPosition)

        let groups: [(MCAPOpcode, [UInt8])] = [
            (.schema, schemas.bytes), (.channel, channels.bytes),
            (.statistics, serialisedStatistics()), (.chunkIndex, chunkIndexes.bytes),
            (.attachmentIndex, attachmentIndexes.bytes), (.metadataIndex, metadataIndexes.bytes),
        ]
        var offsets = ByteEncoder()
        for (opcode, records) in groups where !records.isEmpty {
            offsets.record(.summaryOffset) { record in
                record.integer(opcode.rawValue)
                record.integer(offset + UInt64(encoder.bytes.count))
                record.integer(UInt64(records.count))
            }
            encoder.bytes += records
        }
        let summaryOffsetStart = offset + UInt64(encoder.bytes.count)
        encoder.bytes += offsets.bytes

        encoder.record(.footer) { record in
            record.integer(summaryStart)
            record.integer(summaryOffsetStart)
            // The checksum covers the footer's own opcode and length; the length, which is set
            // when the record is complete, is the constant of this record type.
            var covered = ByteEncoder(bytes: Array(record.bytes[summaryPosition...]))
            covered.bytes.replaceSubrange(
                (covered.bytes.count - 24)..<(covered.bytes.count - 16),
                with: [UInt8(MCAPFormat.footerContentBytes), 0, 0, 0, 0, 0, 0, 0])
            record.integer(Checksum.of(covered.bytes))
        }
        return encoder.bytes + MCAPFormat.magic
    }

    private func serialisedStatistics() -> [UInt8] {
        var encoder = ByteEncoder()
        encoder.record(.statistics) { record in
            record.integer(messageCounts.values.reduce(0, +))
            record.integer(schemaCount)
            record.integer(channelCount)
            record.integer(attachmentCount)
            record.integer(metadataCount)
            record.integer(chunkCount)
            record.integer(messageCounts.isEmpty ? 0 : startTime)
            record.integer(endTime)
            record.counted { map in
                for (channel, count) in messageCounts.sorted(by: { $0.key < $1.key }) {
                    map.integer(channel)
                    map.integer(count)
                }
            }
        }
        return encoder.bytes
    }
}
