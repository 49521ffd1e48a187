package import Control

/// Writes the ticks of a run to a sequence of record files.
///
/// Plain single-threaded code for the thread that drains the ring: it allocates and it blocks on
/// the disk, so it never runs on the real-time thread. Nothing it meets after `init` stops it: when
/// a file cannot be written it is left as it is, ticks are kept up to one chunk and then dropped
/// and counted, and a new file is begun when the disk takes one again.
///
/// Not promised: ticks since the last chunk survive neither a kill nor `deinit`; call `close`.
package struct Recorder: ~Copyable, Sendable {
    package private(set) var run: RunDescription
    package private(set) var statistics = RecorderStatistics()
    /// Why nothing can be written at present; nil while recording works.
    package private(set) var fault: IOFault?
    /// Name of the file being written, or of the last one.
    package private(set) var fileName: String

    // Constants, but with Swift 6.2 an `init` that calls a mutating method may not have set a `let`.
    private var storage: any RecordStorage
    private var options: RecorderOptions
    private var file: MCAPWriter?
    private var sequence = 0
    private var chunk = MCAPChunk()
    private var chunkStart: UInt64 = 0
    private var lastSynchronized: UInt64
    private var nextAttempt: UInt64 = 0
    private var droppedSinceNote: UInt64 = 0
    private var noteCount: UInt32 = 0
    private var channels: [ChannelState]
    private var isClosed = false

    /// What the recorder keeps of each loop.
    private struct ChannelState {
        /// Messages written; the number a message carries, so that a gap shows.
        var sequence: UInt32 = 0
        /// Ticks until the next one that decimation keeps.
        var skip: UInt32 = 0
        var last: TickRecord?
    }

    /// Begins the first file, so that a directory that cannot be written shows at the start.
    package init(
        storage: any RecordStorage, run: RunDescription, options: RecorderOptions
    ) throws(IOFault) {
        self.init(trying: storage, run: run, options: options)
        if let fault { throw fault }
    }

    /// Begins the first file if it can; if not, `fault` says why, and a file is tried again and
    /// again as after any other fault: for a loop that is to run, recorded or not.
    package init(trying storage: any RecordStorage, run: RunDescription, options: RecorderOptions) {
        self.storage = storage
        self.run = run
        self.options = options
        self.channels = Array(
            repeating: ChannelState(), count: min(run.loops.count, RecordLayout.maxLoops))
        self.lastSynchronized = run.startClockNanoseconds
        self.fileName = ""
        _ = hasFile(now: run.startClockNanoseconds)
    }

    /// Begins a record in a directory, which is made when it does not exist.
    package init(
        directory: String, run: RunDescription, options: RecorderOptions
    ) throws(IOFault) {
        try self.init(
            storage: DirectoryStorage(directory: directory), run: run, options: options)
    }

    /// Begins a record in a directory if it can, as `init(trying:)` does.
    package init(tryingDirectory directory: String, run: RunDescription, options: RecorderOptions) {
        self.init(
            trying: DirectoryStorage(directory: directory), run: run, options: options)
    }

    /// Takes one tick. Of every loop the n-th ticks are kept as configured, and every tick on which
    /// the state, its cause or a fault changed, so that a thinned record still tells what happened.
    package mutating func write(_ record: TickRecord) {
        guard !isClosed, Int(record.loop) < channels.count else {
            statistics.rejected += 1
            return
        }
        guard keeps(record) else {
            statistics.decimated += 1
            return
        }
        guard let payload = TickCoding.encode(record) else {
            statistics.rejected += 1
            return
        }
        if chunk.isEmpty { chunkStart = record.timeNanoseconds }
        let loop = Int(record.loop)
        chunk.append(
            channel: RecordLayout.channel(loop: record.loop), sequence: channels[loop].sequence,
            time: run.unixNanoseconds(clock: record.timeNanoseconds), payload: payload)
        channels[loop].sequence &+= 1
        flushIfDue(now: record.timeNanoseconds)
    }

    /// Adds a line of text to the record.
    package mutating func note(_ text: String, now: UInt64) {
        guard !isClosed else { return }
        append(RecordNote(timeNanoseconds: now, text: text))
        flushIfDue(now: now)
    }

    /// Goes on in another file under another description of the same run: another configuration is in
    /// force from the next tick on.
    ///
    /// Ticks at hand that no file takes now are dropped and counted: they are none of the next file.
    package mutating func revise(_ run: RunDescription, now: UInt64) {
        guard !isClosed else { return }
        if !chunk.isEmpty { flush(now: now) }
        if !chunk.isEmpty { drop() }
        finishFile(now: now)
        self.run = run
    }

    /// Writes the ticks at hand when they are many or old enough. To be called now and then when no
    /// ticks arrive.
    package mutating func flushIfDue(now: UInt64) {
        let isOld = now >= chunkStart && now - chunkStart >= options.chunkAgeNanoseconds
        guard !chunk.isEmpty, isOld || chunk.byteCount >= options.chunkBytes else { return }
        flush(now: now)
    }

    /// Writes what is at hand and ends the file with its index. Nothing is recorded afterwards.
    package mutating func close() {
        guard !isClosed else { return }
        let now = max(chunkStart, lastSynchronized, nextAttempt)
        if !chunk.isEmpty { flush(now: now) }
        drop()
        finishFile(now: now)
        isClosed = true
    }

    // MARK: Chunks

    private mutating func flush(now: UInt64) {
        if isFileFull { finishFile(now: now) }
        guard hasFile(now: now) else {
            if chunk.byteCount >= options.chunkBytes { drop() }
            return
        }
        do throws(IOFault) {
            try file?.write(chunk)
            statistics.recorded +=
                chunk.messageCount - (chunk.counts[RecordLayout.noteChannel] ?? 0)
            chunk = MCAPChunk()
            if now < lastSynchronized || now - lastSynchronized >= options.synchronizeNanoseconds {
                lastSynchronized = now
                try file?.synchronize()
            }
        } catch {
            abandonFile(error, now: now)
            if chunk.byteCount >= options.chunkBytes { drop() }
        }
    }

    private var isFileFull: Bool {
        guard let file, file.hasChunks else { return false }
        let chunkBytes = UInt64(chunk.byteCount + Self.chunkOverheadBytes)
        return file.closedLength + chunkBytes > options.maxFileBytes
    }

    /// Forgets the ticks at hand and counts them.
    private mutating func drop() {
        let lost = chunk.messageCount - (chunk.counts[RecordLayout.noteChannel] ?? 0)
        statistics.dropped += lost
        droppedSinceNote += lost
        chunk = MCAPChunk()
    }

    private mutating func append(_ note: RecordNote) {
        guard let payload = TickCoding.encode(note) else { return }
        if chunk.isEmpty { chunkStart = note.timeNanoseconds }
        chunk.append(
            channel: RecordLayout.noteChannel, sequence: noteCount,
            time: run.unixNanoseconds(clock: note.timeNanoseconds), payload: payload)
        noteCount &+= 1
    }

    // MARK: Files

    /// Whether a file is open, after an attempt to open one when that is due.
    private mutating func hasFile(now: UInt64) -> Bool {
        if file != nil { return true }
        guard now >= nextAttempt else { return false }
        do throws(IOFault) {
            try beginFile(now: now)
            return true
        } catch {
            countFault(error, now: now)
            return false
        }
    }

    private mutating func beginFile(now: UInt64) throws(IOFault) {
        let name = RecordFileName(run: run, sequence: sequence + 1).description
        let link = RecordFileLink(sequence: sequence + 1, previousFile: fileName)
        let preamble = RecordLayout.preamble(run: run, link: link)
        do throws(IOFault) {
            let begun = try MCAPWriter(sink: try storage.create(name: name), preamble: preamble)
            // The bytes before the name: a loss of power must not leave a file without its head.
            try begun.synchronize()
            storage.synchronizeNames()
            file = begun
        } catch {
            if error.isExisting {
                sequence += 1
            } else {
                // A full disk is not to be filled with heads of files.
                storage.remove(name: name)
            }
            throw error
        }
        sequence += 1
        fileName = name
        statistics.files += 1
        if droppedSinceNote > 0 {
            let cause = fault.map { ": \($0)" } ?? ""
            append(
                RecordNote(
                    timeNanoseconds: now, text: "\(droppedSinceNote) ticks not recorded\(cause)"))
            droppedSinceNote = 0
        }
        fault = nil
    }

    /// Ends the file with its index; a fault leaves it without one, which readers report.
    private mutating func finishFile(now: UInt64) {
        do throws(IOFault) {
            try file?.finish()
            file = nil
        } catch {
            abandonFile(error, now: now)
        }
    }

    private mutating func abandonFile(_ error: IOFault, now: UInt64) {
        file?.discardPartialWrite()
        file = nil
        countFault(error, now: now)
    }

    private mutating func countFault(_ error: IOFault, now: UInt64) {
        fault = error
        statistics.faults += 1
        let attempt = now.addingReportingOverflow(options.retryNanoseconds)
        nextAttempt = attempt.overflow ? .max : attempt.partialValue
    }

    // MARK: Decimation

    private mutating func keeps(_ record: TickRecord) -> Bool {
        let loop = Int(record.loop)
        let isChange = channels[loop].last.map { Self.differs(record, $0) } ?? true
        channels[loop].last = record
        if channels[loop].skip == 0 {
            channels[loop].skip = max(1, run.every) - 1
            return true
        }
        channels[loop].skip -= 1
        return isChange
    }

    private static func differs(_ one: TickRecord, _ other: TickRecord) -> Bool {
        one.state != other.state || one.cause != other.cause || one.latched != other.latched
            || one.sensorFault != other.sensorFault || one.readFault != other.readFault
            || one.actuatorFault != other.actuatorFault
            || one.requestedState != other.requestedState || one.source != other.source
            || one.experiment != other.experiment || one.experimentEnd != other.experimentEnd
            || one.drills != other.drills || one.checkFault != other.checkFault
            || one.interlocksOpen != other.interlocksOpen
            || one.interlocksLost != other.interlocksLost
    }

    /// Chunk record header, message index headers and chunk index of one chunk, generously.
    private static let chunkOverheadBytes = 1_024
}
