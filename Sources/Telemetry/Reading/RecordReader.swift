/// Reads a record file from its beginning: complete, torn, damaged or still growing.
///
/// `next` gives nil where nothing complete follows at present; on a growing file it may be called
/// again later and goes on from there. Bytes of any kind give messages whose checksums hold, or
/// damage, never a trap.
package struct RecordReader: Sendable {
    /// The run, once the head of the file was read; its attachments follow as they are read.
    package var run: RunDescription? { head.run }
    /// Where the file stands among those of its run.
    package var link: RecordFileLink? { head.link }
    package private(set) var damages: [RecordDamage] = []
    /// Where the next record begins: everything before it was read.
    package private(set) var position: UInt64 = 0

    private var window: SourceWindow
    private let policy: DamagePolicy
    private var section = Section.magic
    private var head = PreambleDecoder()
    private var decoder = ChunkDecoder()
    private var queue: [RecordItem] = []
    private var queuePosition = 0
    private var dataChecksum: UInt32 = 0
    private var summaryChecksum: UInt32 = 0

    /// What is expected at `position`.
    private enum Section {
        case magic, header, data, summary, closingMagic, ended
        /// Nothing behind `position` can be read.
        case halted
    }

    package init(source: any ByteSource, policy: DamagePolicy = .stop) {
        self.window = SourceWindow(source)
        self.policy = policy
    }

    package init(path: String, policy: DamagePolicy = .stop) throws(RecordFault) {
        do throws(IOFault) {
            self.init(source: try FileSource(path: path), policy: policy)
        } catch {
            throw .io(error)
        }
    }

    /// The next message in the order of writing; nil where nothing complete follows at present.
    package mutating func next() throws(RecordFault) -> RecordItem? {
        while queuePosition == queue.count {
            queue.removeAll(keepingCapacity: true)
            queuePosition = 0
            guard try advance() else { return nil }
        }
        let item = queue[queuePosition]
        queuePosition += 1
        return item
    }

    /// How the file ends, as far as it was read.
    package func tail() throws(RecordFault) -> RecordTail {
        let size = try asFault { () throws(IOFault) in try window.size() }
        if section == .ended && size == position { return .complete }
        return .torn(atByte: position, lostBytes: size > position ? size - position : 0)
    }

    // MARK: Framing

    /// Reads one record; false when none is complete or none can follow.
    private mutating func advance() throws(RecordFault) -> Bool {
        switch section {
        case .halted, .ended: return false
        case .magic: return try readMagic(then: .header)
        case .closingMagic: return try readMagic(then: .ended)
        case .header, .data, .summary: break
        }
        let headerBytes = MCAPFormat.recordHeaderBytes
        guard let header = try read(at: position, count: headerBytes) else { return false }
        var length: UInt64 = 0
        for index in 0..<8 { length |= UInt64(header[1 + index]) << (8 * index) }
        guard let opcode = MCAPOpcode(rawValue: header[0]) else {
            if try isZero(from: position) {
                // The file system had given the file its length, but not yet its bytes.
                section = .halted
            } else {
                damage(.unknownRecord, isFramingLost: true)
            }
            return false
        }
        guard length <= MCAPFormat.maxRecordBytes else {
            damage(.tooLong, isFramingLost: true)
            return false
        }
        let contentStart = position + UInt64(headerBytes)
        guard let content = try read(at: contentStart, count: Int(length)) else { return false }
        do throws(RecordDamage.Cause) {
            try take(opcode, header: header, content: content)
        } catch {
            damage(error, isFramingLost: false)
            if section == .halted { return false }
            decoder.acceptGap()
        }
        dataChecksum = Checksum.extend(dataChecksum, over: header)
        dataChecksum = Checksum.extend(dataChecksum, over: content)
        position = contentStart + length
        return true
    }

    private mutating func readMagic(then following: Section) throws(RecordFault) -> Bool {
        let magic = MCAPFormat.magic
        guard let found = try read(at: position, count: magic.count) else {
            let size = try asFault { () throws(IOFault) in try window.size() }
            let rest = size > position ? Int(clamping: size - position) : 0
            let part = try read(at: position, count: min(rest, magic.count)) ?? []
            if position == 0 && part != Array(magic.prefix(part.count)) { throw .notARecord }
            return false
        }
        guard found == magic else {
            if position == 0 { throw .notARecord }
            damage(.malformed, isFramingLost: true)
            return false
        }
        dataChecksum = Checksum.extend(dataChecksum, over: found)
        position += UInt64(magic.count)
        section = following
        return true
    }

    private mutating func damage(_ cause: RecordDamage.Cause, isFramingLost: Bool) {
        damages.append(RecordDamage(cause: cause, position: position))
        // Without a head that can be trusted no tick has a meaning.
        let isHeadless = run == nil || cause == .foreign
        if isFramingLost || isHeadless || policy == .stop { section = .halted }
    }

    private mutating func isZero(from offset: UInt64) throws(RecordFault) -> Bool {
        var offset = offset
        let size = try asFault { () throws(IOFault) in try window.size() }
        while offset < size {
            let count = Int(min(64 << 10, size - offset))
            guard let bytes = try read(at: offset, count: count) else { return false }
            guard bytes.allSatisfy({ $0 == 0 }) else { return false }
            offset += UInt64(count)
        }
        return true
    }

    private mutating func read(at offset: UInt64, count: Int) throws(RecordFault) -> [UInt8]? {
        do throws(IOFault) {
            return try window.read(at: offset, count: count)
        } catch {
            throw .io(error)
        }
    }

    private func asFault<T>(_ body: () throws(IOFault) -> T) throws(RecordFault) -> T {
        do throws(IOFault) {
            return try body()
        } catch {
            throw .io(error)
        }
    }

    // MARK: Records

    private mutating func take(
        _ opcode: MCAPOpcode, header: [UInt8], content: [UInt8]
    ) throws(RecordDamage.Cause) {
        switch (section, opcode) {
        case (.data, .chunk):
            try takeChunk(content)
        case (.data, .messageIndex):
            try takeMessageIndex(content)
        case (.data, .metadata):
            try head.takeMetadata(content)
        case (.data, .attachment):
            try head.takeAttachment(content)
        case (.data, .dataEnd):
            try takeDataEnd(content)
        case (.header, .header), (.data, .schema), (.data, .channel):
            try takeHead(opcode, content)
        case (.summary, .footer):
            try takeFooter(header: header, content: content)
        case (.summary, .schema), (.summary, .channel), (.summary, .statistics),
            (.summary, .chunkIndex), (.summary, .attachmentIndex), (.summary, .metadataIndex),
            (.summary, .summaryOffset):
            summaryChecksum = Checksum.extend(summaryChecksum, over: header)
            summaryChecksum = Checksum.extend(summaryChecksum, over: content)
        default:
            throw .unknownRecord
        }
    }

    private mutating func takeHead(
        _ opcode: MCAPOpcode, _ content: [UInt8]
    ) throws(RecordDamage.Cause) {
        do throws(ByteCursor.Malformed) {
            switch opcode {
            case .schema: try head.takeSchema(content)
            case .channel: try head.takeChannel(content)
            default: try head.takeHeader(content)
            }
            section = .data
        } catch {
            throw .malformed
        }
    }

    private mutating func takeChunk(_ content: [UInt8]) throws(RecordDamage.Cause) {
        guard run != nil else { throw .foreign }
        if decoder.channels.isEmpty {
            for channel in head.preamble.channels {
                decoder.channels[channel.identifier] = channel
            }
        }
        let chunk = try decoder.items(ofChunk: content)
        if chunk.hasGap {
            if policy == .stop { throw .missingTicks }
            damages.append(RecordDamage(cause: .missingTicks, position: position))
        }
        queue = chunk.items
    }

    /// The index serves other readers; here only its form is checked.
    private func takeMessageIndex(_ content: [UInt8]) throws(RecordDamage.Cause) {
        do throws(ByteCursor.Malformed) {
            var cursor = ByteCursor(content)
            _ = try cursor.integer(UInt16.self)
            _ = try cursor.octets(UInt64(cursor.integer(UInt32.self)))
            try cursor.finish()
        } catch {
            throw .malformed
        }
    }

    private mutating func takeDataEnd(_ content: [UInt8]) throws(RecordDamage.Cause) {
        var cursor = ByteCursor(content)
        guard let checksum = try? cursor.integer(UInt32.self), cursor.isAtEnd else {
            throw .malformed
        }
        section = .summary
        guard checksum == dataChecksum else { throw .fileChecksum }
    }

    private mutating func takeFooter(
        header: [UInt8], content: [UInt8]
    ) throws(RecordDamage.Cause) {
        guard content.count == MCAPFormat.footerContentBytes else { throw .malformed }
        summaryChecksum = Checksum.extend(summaryChecksum, over: header)
        summaryChecksum = Checksum.extend(summaryChecksum, over: content.prefix(16))
        var cursor = ByteCursor(Array(content.suffix(4)))
        section = .closingMagic
        guard let checksum = try? cursor.integer(UInt32.self), checksum == summaryChecksum else {
            throw .indexChecksum
        }
    }
}
