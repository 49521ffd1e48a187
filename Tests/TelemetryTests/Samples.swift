import Control
import FixedPoint

import Telemetry

/// What the tests record.
enum Samples {
    static let second: UInt64 = 1_000_000_000

    static let run = RunDescription(
        name: "demo", runIdentifier: "1a2b3c4d5e6f7081",
        startUnixNanoseconds: 1_767_225_600 * second, startClockNanoseconds: 100 * second,
        periodNanoseconds: second / 10, every: 1,
        loops: [
            LoopDescription(
                name: "heater", sensorUnit: "C", outputUnit: "%", modelHash: "00ff00ff"),
            LoopDescription(name: "pressure", sensorUnit: "kPa", outputUnit: "V"),
        ],
        configuration: "schema = 1\nname = \"demo\" # größer\n",
        attachments: [
            RecordAttachment(
                name: "demo.toml", mediaType: "application/toml", bytes: Array("schema = 1".utf8)),
            RecordAttachment(
                name: "heater.safetensors", mediaType: "application/octet-stream",
                bytes: (0..<300).map { UInt8($0 % 256) }),
        ],
        details: ["version": "0.1"])

    /// A record whose every byte is chosen by chance: a field that coding forgets cannot survive.
    static func chance(_ generator: inout SplitMix64) -> TickRecord {
        var record = TickRecord()
        unsafe withUnsafeMutableBytes(of: &record) { bytes in
            for index in bytes.indices {
                unsafe bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            }
        }
        return record
    }

    /// Plausible ticks of both loops, ten a second from the start of the run, changing in every
    /// number but not in state, so that decimation applies.
    static func ticks(_ count: Int) -> [TickRecord] {
        (0..<count).map { index in
            var record = TickRecord()
            record.loop = UInt8(index % 2)
            record.tick = UInt64(index / 2)
            record.timeNanoseconds = run.startClockNanoseconds + record.tick * run.periodNanoseconds
            record.readingTimeNanoseconds = record.timeNanoseconds - 1_000
            record.reading = Q16_16(bits: Int32(50 * 65_536 + 777 * index))
            record.estimate = record.reading
            record.setpoint = Q16_16(bits: 50 * 65_536)
            record.target = record.setpoint
            record.state = SupervisorState.learned.rawValue
            record.requestedState = record.state
            record.pidCommand = Q3_28(bits: Int32(index * 12_345))
            record.learnedCommand = Q3_28(bits: Int32(index * -54_321))
            record.applied = record.learnedCommand
            record.output = Q16_16(bits: Int32(index))
            record.forgetGate = 32_768
            record.latenessNanoseconds = UInt64(index * 17)
            record.stepNanoseconds = UInt64(index * 31 + 5)
            return record
        }
    }

    /// A whole file of these ticks.
    static func file(
        _ ticks: [TickRecord], options: RecorderOptions = RecorderOptions(maxFileBytes: .max)
    ) throws -> [UInt8] {
        let disk = FakeDisk()
        var recorder = try Recorder(storage: disk, run: run, options: options)
        for tick in ticks { recorder.write(tick) }
        recorder.close()
        return disk.bytes(of: disk.names[0])
    }
}
