/// Takes the records at the head of a file apart: schemas, channels, metadata, attachments.
struct PreambleDecoder {
    private(set) var preamble = MCAPPreamble(
        library: "", schemas: [], channels: [], metadataName: "", metadata: [:], attachments: [],
        time: 0)
    private(set) var run: RunDescription?
    private(set) var link: RecordFileLink?

    init() {}

    mutating func takeHeader(_ content: [UInt8]) throws(ByteCursor.Malformed) {
        var cursor = ByteCursor(content)
        _ = try cursor.text()
        preamble.library = try cursor.text()
        try cursor.finish()
    }

    mutating func takeSchema(_ content: [UInt8]) throws(ByteCursor.Malformed) {
        var cursor = ByteCursor(content)
        let identifier = try cursor.integer(UInt16.self)
        let name = try cursor.text()
        let encoding = try cursor.text()
        let descriptor = try cursor.octets(UInt64(cursor.integer(UInt32.self)))
        try cursor.finish()
        guard encoding == "protobuf", run == nil else { throw ByteCursor.Malformed() }
        preamble.schemas.append(
            .init(identifier: identifier, name: name, descriptor: descriptor))
    }

    mutating func takeChannel(_ content: [UInt8]) throws(ByteCursor.Malformed) {
        var cursor = ByteCursor(content)
        let identifier = try cursor.integer(UInt16.self)
        let schema = try cursor.integer(UInt16.self)
        let topic = try cursor.text()
        let encoding = try cursor.text()
        let metadata = try cursor.map()
        try cursor.finish()
        guard encoding == "protobuf", run == nil else { throw ByteCursor.Malformed() }
        preamble.channels.append(
            .init(identifier: identifier, schema: schema, topic: topic, metadata: metadata))
    }

    /// The metadata stands behind schemas and channels and holds the checksum of all three.
    mutating func takeMetadata(_ content: [UInt8]) throws(RecordDamage.Cause) {
        do throws(ByteCursor.Malformed) {
            var cursor = ByteCursor(content)
            preamble.metadataName = try cursor.text()
            preamble.metadata = try cursor.map()
            try cursor.finish()
        } catch {
            throw .malformed
        }
        guard run == nil, let parsed = RecordLayout.parse(preamble) else { throw .foreign }
        run = parsed.run
        link = parsed.link
    }

    mutating func takeAttachment(_ content: [UInt8]) throws(RecordDamage.Cause) {
        guard content.count >= 4 else { throw .malformed }
        let attachment: RecordAttachment
        let checksum: UInt32
        do throws(ByteCursor.Malformed) {
            var cursor = ByteCursor(content)
            _ = try cursor.octets(16)
            let name = try cursor.text()
            let mediaType = try cursor.text()
            let bytes = try cursor.octets(cursor.integer(UInt64.self))
            checksum = try cursor.integer(UInt32.self)
            try cursor.finish()
            attachment = RecordAttachment(name: name, mediaType: mediaType, bytes: bytes)
        } catch {
            throw .malformed
        }
        guard checksum == Checksum.of(content.dropLast(4)) else { throw .attachmentChecksum }
        run?.attachments.append(attachment)
    }
}
