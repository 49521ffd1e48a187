internal import RecordSchema

/// How a run is laid out in an MCAP file: identifiers, topics and the keys of the metadata.
///
/// Both directions in one place, so that what is written is what is read.
enum RecordLayout {
    static let version = "1"
    static let library = "flyball"
    static let metadataName = "flyball"
    static let tickSchema: UInt16 = 1
    static let noteSchema: UInt16 = 2
    static let tickSchemaName = "flyball.Tick"
    static let noteSchemaName = "flyball.Note"
    static let loopTopic = "/loop/"
    static let noteTopic = "/notes"
    /// `TickRecord.loop` is one byte; a configuration has far fewer.
    static let maxLoops = 64
    /// Channels of loops are their index plus one; the notes come first.
    static let noteChannel: UInt16 = 0

    static func channel(loop: UInt8) -> UInt16 {
        UInt16(loop) + 1
    }

    static func preamble(run: RunDescription, link: RecordFileLink) -> MCAPPreamble {
        var channels = [
            MCAPPreamble.Channel(
                identifier: noteChannel, schema: noteSchema, topic: noteTopic, metadata: [:])
        ]
        for (index, loop) in run.loops.prefix(maxLoops).enumerated() {
            channels.append(
                MCAPPreamble.Channel(
                    identifier: UInt16(index + 1), schema: tickSchema,
                    topic: loopTopic + loop.name,
                    metadata: [
                        Key.sensorUnit: loop.sensorUnit, Key.outputUnit: loop.outputUnit,
                        Key.modelHash: loop.modelHash,
                    ]))
        }
        let descriptor = RecordDescriptor.bytes
        var preamble = MCAPPreamble(
            library: library,
            schemas: [
                .init(identifier: tickSchema, name: tickSchemaName, descriptor: descriptor),
                .init(identifier: noteSchema, name: noteSchemaName, descriptor: descriptor),
            ],
            channels: channels, metadataName: metadataName,
            metadata: metadata(run: run, link: link), attachments: run.attachments,
            time: run.startUnixNanoseconds)
        preamble.metadata[Key.checksum] = checksum(preamble)
        return preamble
    }

    /// The run and the file's place in it from the head of a file, attachments apart; nil when the
    /// file is not a record of this program in this version, or its head was altered.
    static func parse(_ preamble: MCAPPreamble) -> (run: RunDescription, link: RecordFileLink)? {
        let metadata = preamble.metadata
        guard preamble.metadataName == metadataName, metadata[Key.version] == version,
            metadata[Key.checksum] == checksum(preamble), let name = metadata[Key.name],
            let runIdentifier = metadata[Key.run],
            let startUnix = metadata[Key.startUnix].flatMap({ UInt64($0) }),
            let startClock = metadata[Key.startClock].flatMap({ UInt64($0) }),
            let period = metadata[Key.period].flatMap({ UInt64($0) }),
            let every = metadata[Key.every].flatMap({ UInt32($0) }),
            let sequence = metadata[Key.sequence].flatMap({ Int($0) }),
            let previous = metadata[Key.previous], let configuration = metadata[Key.configuration],
            let loopCount = metadata[Key.loops].flatMap({ Int($0) }),
            (0...maxLoops).contains(loopCount)
        else { return nil }
        var loops: [LoopDescription] = []
        for index in 0..<loopCount {
            guard let channel = preamble.channels.first(where: { $0.identifier == index + 1 }),
                channel.topic.hasPrefix(loopTopic)
            else { return nil }
            loops.append(
                LoopDescription(
                    name: String(channel.topic.dropFirst(loopTopic.count)),
                    sensorUnit: channel.metadata[Key.sensorUnit] ?? "",
                    outputUnit: channel.metadata[Key.outputUnit] ?? "",
                    modelHash: channel.metadata[Key.modelHash] ?? ""))
        }
        var details: [String: String] = [:]
        for (key, value) in metadata where key.hasPrefix(Key.detailPrefix) {
            details[String(key.dropFirst(Key.detailPrefix.count))] = value
        }
        let run = RunDescription(
            name: name, runIdentifier: runIdentifier, startUnixNanoseconds: startUnix,
            startClockNanoseconds: startClock, periodNanoseconds: period, every: every,
            loops: loops, configuration: configuration, details: details)
        return (run, RecordFileLink(sequence: sequence, previousFile: previous))
    }

    private static func metadata(run: RunDescription, link: RecordFileLink) -> [String: String] {
        var entries = [
            Key.version: version, Key.name: run.name, Key.run: run.runIdentifier,
            Key.startUnix: String(run.startUnixNanoseconds),
            Key.startClock: String(run.startClockNanoseconds),
            Key.period: String(run.periodNanoseconds), Key.every: String(run.every),
            Key.sequence: String(link.sequence), Key.previous: link.previousFile,
            Key.configuration: run.configuration,
            Key.loops: String(min(run.loops.count, maxLoops)),
        ]
        for (index, loop) in run.loops.prefix(maxLoops).enumerated() {
            entries["\(Key.modelHash).\(index)"] = loop.modelHash
        }
        for (key, value) in run.details {
            entries[Key.detailPrefix + key] = value
        }
        return entries
    }

    /// MCAP protects chunks and attachments with a checksum, but neither schemas, channels nor
    /// metadata: this closes the gap, so that no flipped bit changes what a tick means.
    private static func checksum(_ preamble: MCAPPreamble) -> String {
        var encoder = ByteEncoder()
        for schema in preamble.schemas {
            encoder.integer(schema.identifier)
            encoder.text(schema.name)
            encoder.integer(Checksum.of(schema.descriptor))
        }
        for channel in preamble.channels {
            encoder.integer(channel.identifier)
            encoder.integer(channel.schema)
            encoder.text(channel.topic)
            encoder.map(channel.metadata)
        }
        encoder.map(preamble.metadata.filter { $0.key != Key.checksum })
        return String(Checksum.of(encoder.bytes), radix: 16)
    }

    private enum Key {
        static let version = "schema_version"
        static let name = "name"
        static let run = "run"
        static let startUnix = "start_unix_ns"
        static let startClock = "start_clock_ns"
        static let period = "period_ns"
        static let every = "every"
        static let sequence = "sequence"
        static let previous = "previous_file"
        static let configuration = "configuration"
        static let loops = "loops"
        static let modelHash = "model_sha256"
        static let sensorUnit = "sensor_unit"
        static let outputUnit = "output_unit"
        static let detailPrefix = "detail."
        static let checksum = "crc32"
    }
}
