/// What every file of a run says about the run: enough to replay it and to draw it.
package struct RunDescription: Equatable, Sendable {
    /// Name in the configuration, first part of the file names.
    package var name: String
    /// Distinguishes this run from every other, in hexadecimal; its first four digits are in the
    /// file names.
    package var runIdentifier: String
    /// When the run began, in nanoseconds since 1970 UTC, and the reading of the loop's clock then:
    /// together they date every tick.
    package var startUnixNanoseconds: UInt64
    package var startClockNanoseconds: UInt64
    package var periodNanoseconds: UInt64
    /// Decimation: every n-th tick of a loop is kept.
    package var every: UInt32
    /// In the order of the configuration; `TickRecord.loop` is an index into it.
    package var loops: [LoopDescription]
    /// The configuration file's text.
    package var configuration: String
    /// Files carried whole: the configuration, the models.
    package var attachments: [RecordAttachment]
    /// Further facts: versions, the seed of a simulation, the name of the board.
    package var details: [String: String]

    package init(
        name: String, runIdentifier: String, startUnixNanoseconds: UInt64,
        startClockNanoseconds: UInt64, periodNanoseconds: UInt64, every: UInt32 = 1,
        loops: [LoopDescription], configuration: String, attachments: [RecordAttachment] = [],
        details: [String: String] = [:]
    ) {
        self.name = name
        self.runIdentifier = runIdentifier
        self.startUnixNanoseconds = startUnixNanoseconds
        self.startClockNanoseconds = startClockNanoseconds
        self.periodNanoseconds = periodNanoseconds
        self.every = every
        self.loops = loops
        self.configuration = configuration
        self.attachments = attachments
        self.details = details
    }

    /// The date of an instant of the loop's clock, in nanoseconds since 1970 UTC; saturates.
    package func unixNanoseconds(clock: UInt64) -> UInt64 {
        if clock >= startClockNanoseconds {
            let sum = startUnixNanoseconds.addingReportingOverflow(clock - startClockNanoseconds)
            return sum.overflow ? .max : sum.partialValue
        }
        let before = startClockNanoseconds - clock
        return startUnixNanoseconds > before ? startUnixNanoseconds - before : 0
    }
}
