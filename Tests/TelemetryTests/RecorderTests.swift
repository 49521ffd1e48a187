import Control
import Synchronization
import Telemetry
import Testing

@Suite("A recorder rotates, thins out and survives a full disk")
struct RecorderTests {
    private let second = Samples.second

    @Test("files stay below the limit, stand alone and are linked")
    func rotation() throws {
        let disk = FakeDisk()
        let ticks = Samples.ticks(1_000)
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: 30_000))
        for tick in ticks { recorder.write(tick) }
        recorder.close()

        let names = disk.names
        #expect(names.count > 3)
        #expect(names[0] == "demo-20260101T000000Z-1a2b-0001.mcap")
        let files = try disk.records()
        #expect(files.flatMap(\.ticks) == ticks)
        for (index, file) in files.enumerated() {
            #expect(disk.bytes(of: names[index]).count <= 30_000)
            #expect(file.tail == .complete)
            #expect(file.damages.isEmpty)
            #expect(file.run == Samples.run)
            let previous = index == 0 ? "" : names[index - 1]
            #expect(file.link == RecordFileLink(sequence: index + 1, previousFile: previous))
            #expect(RecordFileName(names[index])?.next.sequence == index + 2)
        }
        #expect(recorder.statistics.files == files.count)
        #expect(recorder.statistics.recorded == 1_000)
    }

    @Test("another description of the run begins another file, and no tick is in the wrong one")
    func revision() throws {
        let disk = FakeDisk()
        let ticks = Samples.ticks(100)
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        for tick in ticks[..<37] { recorder.write(tick) }
        var other = Samples.run
        other.configuration += "# other"
        recorder.revise(other, now: ticks[37].timeNanoseconds)
        for tick in ticks[37...] { recorder.write(tick) }
        recorder.close()

        let files = try disk.records()
        #expect(files.map(\.run) == [Samples.run, other])
        #expect(files.map(\.ticks) == [Array(ticks[..<37]), Array(ticks[37...])])
        #expect(
            files[1].link == RecordFileLink(sequence: 2, previousFile: disk.names[0]))
        #expect(recorder.statistics.recorded == 100)
    }

    @Test("every n-th tick of each loop is kept, and every tick that changes something")
    func decimation() throws {
        var run = Samples.run
        run.every = 10
        var ticks = Samples.ticks(200)
        // Loop 1 falls back at its tick 33 and returns at 36.
        for index in 66..<72 where index % 2 == 1 {
            ticks[index].state = SupervisorState.fallback.rawValue
        }
        let disk = FakeDisk()
        var recorder = try Recorder(
            storage: disk, run: run, options: RecorderOptions(maxFileBytes: .max))
        for tick in ticks { recorder.write(tick) }
        recorder.close()
        let kept = try #require(disk.records().first).ticks
        #expect(kept.filter { $0.loop == 0 }.map(\.tick) == (0..<10).map { $0 * 10 })
        let changes = kept.filter { $0.loop == 1 && $0.tick % 10 != 0 }.map(\.tick)
        #expect(changes == [33, 36])
        #expect(recorder.statistics.decimated == 178)
        #expect(recorder.statistics.recorded == 22)
    }

    @Test("a chunk is one write, at most one second of ticks")
    func chunks() throws {
        let disk = FakeDisk()
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        for tick in Samples.ticks(60) { recorder.write(tick) }
        // Head, then the chunks closed by the ticks at 1.0 and 2.0 s after the start.
        #expect(disk.contents.withLock { $0.writes.count } == 3)
        recorder.flushIfDue(now: 102 * second + 999_999_999)
        #expect(disk.contents.withLock { $0.writes.count } == 3)
        recorder.flushIfDue(now: 103 * second)
        #expect(disk.contents.withLock { $0.writes.count } == 4)
        #expect(recorder.statistics.recorded == 60)
        recorder.close()
    }

    @Test(
        "after a loss of power every file has its head, and lacks at most the last six seconds",
        arguments: [0, 30, 60, 200, 650])
    func lossOfPower(count: Int) throws {
        let disk = FakeDisk()
        let ticks = Samples.ticks(count)
        var options = RecorderOptions(maxFileBytes: 24_000)
        options.chunkBytes = 8_000
        var recorder = try Recorder(storage: disk, run: Samples.run, options: options)
        for tick in ticks { recorder.write(tick) }
        disk.losePower()
        let files = try disk.records()
        #expect(!files.isEmpty)
        #expect(files.allSatisfy { $0.run != nil })
        let kept = files.flatMap(\.ticks)
        #expect(kept == Array(ticks.prefix(kept.count)))
        let lost = ticks.dropFirst(kept.count)
        let seconds = lost.isEmpty ? 0 : (lost.last!.timeNanoseconds - lost.first!.timeNanoseconds)
        #expect(seconds <= options.synchronizeNanoseconds + options.chunkAgeNanoseconds)
    }

    @Test("the medium is waited for at the head, then at most every five seconds, and at the end")
    func synchronization() throws {
        let disk = FakeDisk()
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        for tick in Samples.ticks(2 * 125) { recorder.write(tick) }
        #expect(disk.contents.withLock { $0.synchronizations } == 3)
        recorder.close()
        #expect(disk.contents.withLock { $0.synchronizations } == 4)
    }

    @Test("a full disk costs ticks, not the record: a new file begins when space returns")
    func fullDisk() throws {
        let disk = FakeDisk()
        disk.capacity = 12_000
        let ticks = Samples.ticks(2_000)
        var options = RecorderOptions(maxFileBytes: .max)
        options.chunkBytes = 8_000
        var recorder = try Recorder(storage: disk, run: Samples.run, options: options)
        for tick in ticks.prefix(1_000) { recorder.write(tick) }
        #expect(recorder.fault?.isOutOfSpace == true)
        #expect(recorder.statistics.faults > 0)
        #expect(recorder.statistics.dropped > 0)
        #expect(disk.names.count == 1)

        disk.capacity = .max
        for tick in ticks.dropFirst(1_000) { recorder.write(tick) }
        recorder.close()
        #expect(recorder.fault == nil)

        let files = try disk.records()
        #expect(files.count == 2)
        guard case .torn(_, let lost) = files[0].tail else {
            Issue.record("the abandoned file is said to be complete")
            return
        }
        // What the full disk had taken of a chunk was cut away.
        #expect(lost == 0)
        #expect(files[1].tail == .complete)
        #expect(files[1].link?.previousFile == disk.names[0])
        #expect(files.allSatisfy { $0.damages.isEmpty })
        let statistics = recorder.statistics
        #expect(statistics.recorded + statistics.dropped == 2_000)
        let recorded = files.flatMap(\.ticks)
        #expect(recorded.count == Int(statistics.recorded))
        #expect(recorded.last == ticks.last)
        #expect(files[1].notes.first?.text.contains("\(statistics.dropped) ticks") == true)
    }

    @Test("a short fault loses no tick: the chunk at hand goes to the next file")
    func shortFault() throws {
        let disk = FakeDisk()
        let ticks = Samples.ticks(400)
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        for (index, tick) in ticks.enumerated() {
            disk.capacity = (100..<110).contains(index) ? 0 : .max
            recorder.write(tick)
        }
        recorder.close()
        let files = try disk.records()
        #expect(recorder.statistics.faults > 0)
        #expect(recorder.statistics.dropped == 0)
        #expect(files.flatMap(\.ticks) == ticks)
    }

    @Test("a medium that fails to synchronise is a fault, and the next file goes on")
    func failingMedium() throws {
        let disk = FakeDisk()
        let ticks = Samples.ticks(2 * 200)
        var recorder = try Recorder(
            storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        for (index, tick) in ticks.enumerated() {
            disk.contents.withLock { $0.isFailing = (100..<150).contains(index) }
            recorder.write(tick)
        }
        recorder.close()
        #expect(recorder.statistics.faults == 1)
        #expect(try disk.records().flatMap(\.ticks) == ticks)
        #expect(disk.names.count == 2)
    }

    @Test("a disk that is full at the start is an error of the start, and leaves no file")
    func fullAtStart() {
        let disk = FakeDisk()
        disk.capacity = 100
        #expect(throws: IOFault.self) {
            _ = try Recorder(
                storage: disk, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        }
        #expect(disk.names.isEmpty)
    }

    @Test("a recorder that may begin without a disk says so, and records once there is one")
    func lateStart() throws {
        let disk = FakeDisk()
        disk.capacity = 100
        let options = RecorderOptions(maxFileBytes: .max)
        var recorder = Recorder(trying: disk, run: Samples.run, options: options)
        let fault = recorder.fault
        #expect(fault?.isOutOfSpace == true)
        let ticks = Samples.ticks(1_000)
        for (index, tick) in ticks.enumerated() {
            if index == 500 { disk.capacity = .max }
            recorder.write(tick)
        }
        recorder.close()
        let end = recorder.fault
        #expect(end == nil)
        let kept = try disk.records().flatMap(\.ticks)
        #expect(kept.last == ticks.last)
        let statistics = recorder.statistics
        #expect(statistics.recorded == kept.count)
        #expect(statistics.recorded + statistics.dropped == 1_000)
    }

    @Test("a tick of a loop that does not exist is rejected and counted")
    func unknownLoop() throws {
        var recorder = try Recorder(
            storage: FakeDisk(), run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        var tick = TickRecord()
        tick.loop = 2
        recorder.write(tick)
        #expect(recorder.statistics.rejected == 1)
        recorder.close()
        recorder.write(TickRecord())
        #expect(recorder.statistics.rejected == 2)
    }
}
