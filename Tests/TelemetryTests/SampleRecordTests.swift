import Control
import FixedPoint
import Glibc
import Telemetry
import Testing

@Suite("A sample for readers of other languages")
struct SampleRecordTests {
    /// Where scripts/check-record-python wants the sample; without it the test has nothing to do.
    private static var directory: String? {
        unsafe getenv("FLYBALL_SAMPLE_DIRECTORY").map { unsafe String(cString: $0) }
    }

    @Test(
        "a record and its table are written where the environment says",
        .enabled(if: directory != nil))
    func writeSample() throws {
        let directory = try #require(Self.directory)
        var generator = SplitMix64(seed: 42)
        var ticks = Samples.ticks(400)
        for index in 0..<600 {
            var tick = Samples.chance(&generator)
            tick.loop = UInt8(index % 2)
            tick.tick = UInt64(200 + index / 2)
            tick.timeNanoseconds =
                Samples.run.startClockNanoseconds + tick.tick * Samples.run.periodNanoseconds
            tick.state = UInt8.random(in: 0...2, using: &generator)
            tick.requestedState = UInt8.random(in: 0...2, using: &generator)
            tick.cause = UInt8.random(in: 0...9, using: &generator)
            tick.sensorFault = UInt8.random(in: 0...5, using: &generator)
            tick.readFault = UInt8.random(in: 0...5, using: &generator)
            tick.actuatorFault = UInt8.random(in: 0...4, using: &generator)
            ticks.append(tick)
        }
        var recorder = try Recorder(
            directory: directory, run: Samples.run, options: RecorderOptions(maxFileBytes: .max))
        recorder.note("sample", now: Samples.run.startClockNanoseconds)
        for tick in ticks { recorder.write(tick) }
        recorder.close()
        #expect(recorder.statistics.recorded == 1_000)

        let file = try RecordFile(path: directory + "/" + recorder.fileName)
        let table = RecordCSV.table(file.ticks, loops: file.run?.loops ?? [])
        let sink = try FileSink(path: directory + "/sample.csv")
        try sink.write(Array(table.utf8))
    }
}
