import Assembly
import Configuration
import Control
import FoundationEssentials
import Service
import Telemetry

/// The last ticks of a run without a record, which an alarm writes down.
///
/// It belongs to the follower's thread: a disk that is slow keeps no tick waiting.
struct AlarmTrail: Sendable {
    /// Of the loops' clock.
    static let seconds: UInt64 = 60
    /// Some 2 MB; at a short period the trail is shorter.
    private static let capacityLimit: UInt64 = 8_192
    /// Files of one run.
    private static let fileLimit = 16

    private(set) var run: RunDescription
    private let capacity: Int
    private let directory: String
    private var ticks: [TickRecord] = []
    /// Where the next tick goes once the trail is full.
    private var next = 0
    private var files = 0

    /// `nil` when the run has a record, which holds these ticks, or no place to write them.
    init?(_ settings: Settings, _ controllers: Controllers, startClock: UInt64) {
        guard settings.record == nil,
            var run = try? RunDescription(
                settings, models: controllers.models,
                runIdentifier: String(UInt64.random(in: 0...UInt64.max), radix: 16),
                startUnixNanoseconds: UInt64(Date().timeIntervalSince1970 * 1e9),
                startClockNanoseconds: startClock)
        else { return nil }
        run.name = "alarm-" + run.name
        self.run = run
        directory = Log.environment("STATE_DIRECTORY") ?? Log.environment("TMPDIR") ?? "/tmp"
        let ticks = Self.seconds * 1_000 / UInt64(settings.periodMilliseconds) + 1
        capacity = Int(min(ticks * UInt64(settings.loops.count), Self.capacityLimit))
        self.ticks.reserveCapacity(capacity)
    }

    /// Goes on under another configuration.
    mutating func revise(_ run: RunDescription) {
        self.run = run
        self.run.name = "alarm-" + run.name
    }

    mutating func take(_ record: TickRecord) {
        guard ticks.count == capacity else {
            ticks.append(record)
            return
        }
        ticks[next] = record
        next = (next + 1) % capacity
    }

    /// Writes the last minute down.
    ///
    /// - Returns: where it is, or why it is nowhere.
    mutating func write() -> String {
        guard files < Self.fileLimit else { return "no more trails are written in this run" }
        files += 1
        let ordered = ticks[next...] + ticks[..<next]
        let last = ordered.last?.timeNanoseconds ?? 0
        let span = Self.seconds * 1_000_000_000
        do throws(IOFault) {
            var run = run
            // Each has a name of its own.
            run.name += "-\(files)"
            var recorder = try Recorder(
                directory: directory, run: run, options: RecorderOptions(maxFileBytes: .max))
            for tick in ordered where last < span || tick.timeNanoseconds >= last - span {
                recorder.write(tick)
            }
            recorder.close()
            if let fault = recorder.fault { throw fault }
            return "\(directory)/\(recorder.fileName)"
        } catch {
            return "nowhere, \(directory) does not take them: \(error)"
        }
    }
}
