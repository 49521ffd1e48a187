package import Control

/// A record file read whole.
package struct RecordFile: Sendable {
    /// nil when the file ends, or is damaged, before the head is complete.
    package var run: RunDescription?
    package var link: RecordFileLink?
    /// In the order of writing, which is the order of time within a loop.
    package var ticks: [TickRecord] = []
    package var notes: [RecordNote] = []
    package var tail: RecordTail
    /// In the order of their positions; empty for a sound file, torn or not.
    package var damages: [RecordDamage]

    package init(path: String, policy: DamagePolicy = .stop) throws(RecordFault) {
        try self.init(reader: RecordReader(path: path, policy: policy))
    }

    package init(bytes: [UInt8], policy: DamagePolicy = .stop) throws(RecordFault) {
        try self.init(reader: RecordReader(source: MemorySource(bytes), policy: policy))
    }

    private init(reader: consuming RecordReader) throws(RecordFault) {
        var reader = reader
        var ticks: [TickRecord] = []
        var notes: [RecordNote] = []
        while let item = try reader.next() {
            switch item {
            case .tick(let tick): ticks.append(tick)
            case .note(let note): notes.append(note)
            }
        }
        self.run = reader.run
        self.link = reader.link
        self.ticks = ticks
        self.notes = notes
        self.tail = try reader.tail()
        self.damages = reader.damages
    }
}
