/// Writes one MCAP file: the head at once, then chunk after chunk, each in a single write, then the
/// index. Until the index is written the file is a valid sequence of records without an end.
///
/// After a fault the sink holds at most a part of what was being written behind `length`.
struct MCAPWriter {
    private let sink: any ByteSink
    /// Bytes of complete records in the file.
    private(set) var length: UInt64 = 0
    private var dataChecksum: UInt32 = 0
    private var summary = MCAPSummary()

    /// Writes magic, header, schemas, channels, metadata and attachments.
    init(sink: any ByteSink, preamble: MCAPPreamble) throws(IOFault) {
        self.sink = sink
        var encoder = ByteEncoder(bytes: MCAPFormat.magic)
        encoder.record(.header) { record in
            record.text("")
            record.text(preamble.library)
        }
        for schema in preamble.schemas {
            let start = encoder.bytes.count
            encoder.record(.schema) { record in
                record.integer(schema.identifier)
                record.text(schema.name)
                record.text("protobuf")
                record.integer(UInt32(truncatingIfNeeded: schema.descriptor.count))
                record.bytes += schema.descriptor
            }
            summary.add(schema: Array(encoder.bytes[start...]))
        }
        for channel in preamble.channels {
            let start = encoder.bytes.count
            encoder.record(.channel) { record in
                record.integer(channel.identifier)
                record.integer(channel.schema)
                record.text(channel.topic)
                record.text("protobuf")
                record.map(channel.metadata)
            }
            summary.add(channel: Array(encoder.bytes[start...]))
        }
        let metadataStart = encoder.bytes.count
        encoder.record(.metadata) { record in
            record.text(preamble.metadataName)
            record.map(preamble.metadata)
        }
        summary.add(
            metadata: preamble.metadataName, offset: UInt64(metadataStart),
            length: UInt64(encoder.bytes.count - metadataStart))
        for attachment in preamble.attachments {
            add(attachment, time: preamble.time, to: &encoder)
        }
        try append(encoder.bytes)
    }

    /// Whether a chunk stands in the file.
    var hasChunks: Bool { summary.chunkCount > 0 }

    /// An upper bound of the length the file has when it is closed now.
    var closedLength: UInt64 { length + UInt64(summary.byteBound) }

    /// Writes a chunk and its message indexes.
    mutating func write(_ chunk: MCAPChunk) throws(IOFault) {
        var bytes = chunk.serialised()
        let chunkLength = UInt64(bytes.count)
        var indexOffsets: [(channel: UInt16, offset: UInt64)] = []
        for channel in chunk.channels {
            indexOffsets.append((channel, length + UInt64(bytes.count)))
            bytes += chunk.serialisedIndex(of: channel)
        }
        let offset = length
        try append(bytes)
        summary.add(
            chunk: chunk, offset: offset, length: chunkLength, indexOffsets: indexOffsets,
            indexLength: UInt64(bytes.count) - chunkLength)
    }

    /// Writes the index and the end of the file, and waits until it is on the medium. Nothing can
    /// be written after it.
    mutating func finish() throws(IOFault) {
        try append(summary.serialised(at: length, dataChecksum: dataChecksum))
        try sink.synchronize()
    }

    /// Waits until everything written is on the medium.
    func synchronize() throws(IOFault) {
        try sink.synchronize()
    }

    /// Cuts away a partial write after a fault; what cannot be cut away is a torn tail for readers.
    func discardPartialWrite() {
        try? sink.truncate(to: length)
    }

    private mutating func append(_ bytes: [UInt8]) throws(IOFault) {
        try sink.write(bytes)
        length += UInt64(bytes.count)
        dataChecksum = Checksum.extend(dataChecksum, over: bytes)
    }

    private mutating func add(
        _ attachment: RecordAttachment, time: UInt64, to encoder: inout ByteEncoder
    ) {
        let start = encoder.bytes.count
        encoder.record(.attachment) { record in
            let contentStart = record.bytes.count
            record.integer(time)
            record.integer(UInt64(0))
            record.text(attachment.name)
            record.text(attachment.mediaType)
            record.integer(UInt64(attachment.bytes.count))
            record.bytes += attachment.bytes
            record.integer(Checksum.of(record.bytes[contentStart...]))
        }
        summary.add(
            attachment: attachment, offset: UInt64(start),
            length: UInt64(encoder.bytes.count - start), time: time)
    }
}
