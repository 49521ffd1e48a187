internal import Control

/// Takes a chunk's messages apart, all or none of them.
struct ChunkDecoder {
    /// By identifier.
    var channels: [UInt16: MCAPPreamble.Channel] = [:]
    /// By channel: the sequence number its next message must have.
    private var expected: [UInt16: UInt32] = [:]

    init() {}

    /// Forgets what must come next, after damage that was reported already.
    mutating func acceptGap() {
        expected = [:]
    }

    /// - Returns: the chunk's messages, and whether some are missing before one of them.
    mutating func items(
        ofChunk content: [UInt8]
    ) throws(RecordDamage.Cause) -> (items: [RecordItem], hasGap: Bool) {
        let messages = try verifiedMessages(of: content)
        var following = expected
        var items: [RecordItem] = []
        var hasGap = false
        do throws(ByteCursor.Malformed) {
            var cursor = ByteCursor(messages)
            while !cursor.isAtEnd {
                let opcode = try cursor.integer(UInt8.self)
                let length = try cursor.integer(UInt64.self)
                guard opcode == MCAPOpcode.message.rawValue else { throw ByteCursor.Malformed() }
                var message = ByteCursor(try cursor.octets(length))
                let channel = try message.integer(UInt16.self)
                let sequence = try message.integer(UInt32.self)
                _ = try message.octets(16)
                let payload = try message.octets(UInt64(message.remaining))
                items.append(try item(channel: channel, payload: payload))
                if let wanted = following[channel], wanted != sequence { hasGap = true }
                following[channel] = sequence &+ 1
            }
        } catch {
            throw .malformed
        }
        expected = following
        return (items, hasGap)
    }

    /// The messages of an uncompressed chunk whose checksum is right.
    private func verifiedMessages(of content: [UInt8]) throws(RecordDamage.Cause) -> [UInt8] {
        let messages: [UInt8]
        let checksum: UInt32
        do throws(ByteCursor.Malformed) {
            var cursor = ByteCursor(content)
            _ = try cursor.octets(16)
            let size = try cursor.integer(UInt64.self)
            checksum = try cursor.integer(UInt32.self)
            let compression = try cursor.text()
            messages = try cursor.octets(cursor.integer(UInt64.self))
            try cursor.finish()
            guard compression.isEmpty, size == UInt64(messages.count) else {
                throw ByteCursor.Malformed()
            }
        } catch {
            throw .malformed
        }
        guard checksum == Checksum.of(messages) else { throw .chunkChecksum }
        return messages
    }

    private func item(
        channel: UInt16, payload: [UInt8]
    ) throws(ByteCursor.Malformed) -> RecordItem {
        guard let known = channels[channel] else { throw ByteCursor.Malformed() }
        do throws(TickCoding.Malformed) {
            if known.schema == RecordLayout.noteSchema {
                return .note(try TickCoding.decodeNote(payload))
            }
            let tick = try TickCoding.decodeTick(payload)
            guard RecordLayout.channel(loop: tick.loop) == channel else {
                throw TickCoding.Malformed()
            }
            return .tick(tick)
        } catch {
            throw ByteCursor.Malformed()
        }
    }
}
