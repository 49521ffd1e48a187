import Control
import FixedPoint
import Telemetry
import Testing

@Suite("A record gives back what was written")
struct RoundTripTests {
    @Test("every field of a tick comes back bit for bit", arguments: [1, 2, 3] as [UInt64])
    func everyField(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let record = Samples.chance(&generator)
            let bytes = try #require(TickCoding.encode(record))
            let decoded = try TickCoding.decodeTick(bytes)
            #expect(decoded == record, "seed \(seed)")
        }
    }

    @Test("ticks of chance go through a file unchanged and in order")
    func throughFile() throws {
        var generator = SplitMix64(seed: 7)
        var ticks: [TickRecord] = []
        for index in 0..<2_000 {
            var record = Samples.chance(&generator)
            record.loop = UInt8(index % 2)
            ticks.append(record)
        }
        let file = try RecordFile(bytes: Samples.file(ticks))
        #expect(file.ticks == ticks)
        #expect(file.tail == .complete)
        #expect(file.damages.isEmpty)
    }

    @Test("the head carries the run, its configuration and its attachments")
    func head() throws {
        let file = try RecordFile(bytes: Samples.file(Samples.ticks(10)))
        #expect(file.run == Samples.run)
        #expect(file.link == RecordFileLink(sequence: 1, previousFile: ""))
    }

    @Test("a file without a tick is complete")
    func empty() throws {
        let file = try RecordFile(bytes: Samples.file([]))
        #expect(file.tail == .complete)
        #expect(file.run == Samples.run)
        #expect(file.ticks.isEmpty)
    }

    @Test("notes stand in the record beside the ticks")
    func notes() throws {
        let disk = FakeDisk()
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        recorder.note("started", now: 100 * Samples.second)
        for tick in Samples.ticks(4) { recorder.write(tick) }
        recorder.close()
        let file = try #require(disk.records().first)
        #expect(
            file.notes == [RecordNote(timeNanoseconds: 100 * Samples.second, text: "started")])
        #expect(file.ticks == Samples.ticks(4))
    }

    @Test("a value that no tick has is refused, not rounded")
    func foreignValues() {
        // Field 4, the reading, as a double: 0.1 is no multiple of 2^-16; NaN is nothing at all.
        for value in [0.1, .nan, .infinity, 40_000] {
            var bytes: [UInt8] = [4 << 3 | 1]
            for index in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * index)))
            }
            #expect(throws: TickCoding.Malformed.self) { try TickCoding.decodeTick(bytes) }
        }
    }

    @Test("the table has one column for every field of a tick")
    func columns() {
        let fields = Mirror(reflecting: TickRecord()).children.count
        #expect(RecordColumn.all.count == fields)
        #expect(Set(RecordColumn.all.map(\.name)).count == fields)
    }

    @Test("the header of the table names the units of all loops")
    func header() {
        let cells = RecordCSV.header(loops: Samples.run.loops).split(separator: ",")
        #expect(cells[3] == "reading [C|kPa]")
        #expect(cells.contains("output [%|V]"))
        #expect(cells.contains("lateness_ns [ns]"))
        let single = RecordCSV.header(loops: [Samples.run.loops[0]])
        #expect(single.contains("reading [C],"))
    }

    @Test("a row has the numbers in full and the names of states and faults")
    func row() {
        var tick = Samples.ticks(2)[1]
        tick.sensorFault = SensorFault.tooFast.rawValue
        tick.cause = SupervisorCause.limitHigh.rawValue
        tick.state = 200
        let cells = RecordCSV.row(tick).split(separator: ",", omittingEmptySubsequences: false)
        #expect(cells.count == RecordColumn.all.count)
        #expect(Double(cells[3]) == 50 + 777.0 / 65_536)
        #expect(cells[10] == "tooFast")
        #expect(cells[11] == "200")
        #expect(cells[12] == "limitHigh")
    }
}
