import ArgumentParser
import Assembly
import Configuration
import Control
import FixedPoint
import FoundationEssentials
import ModelFile
import Telemetry
import Tuning

/// Where a tuning's recording comes from, and the units it is in.
struct TuneSource {
    let name: String
    let recording: Recording
    let periodSeconds: Double
    let unit: String
    let outputUnit: String
    /// Beside the record directory; nil when nothing is recorded.
    let statePath: String?
    let abortReason: String?
    /// What a relay showed; nil when there was none.
    let relay: RelayOscillation?
    let settings: Settings?
    /// Of the loop.
    let index: Int

    init(_ tune: Tune) throws {
        var settings = try tune.config.map { try Console.settings($0) }
        var ticks: [TickRecord] = []
        if let path = tune.record {
            let chain = try RecordChain(endingWith: path)
            ticks = chain.ticks
            if settings == nil, let run = chain.run {
                do throws(ConfigurationError) {
                    settings = try Configuration.parse(
                        text: run.configuration, path: "\(path): configuration")
                } catch {
                    throw Console.fail(.damaged, error.description)
                }
            }
        }
        let index = try Self.loop(tune.loop, settings)
        self.settings = settings
        self.index = index
        var abort: String?
        var hysteresis: Double?
        if let path = tune.csv {
            recording = try Self.csv(path)
        } else if tune.record != nil {
            recording = Self.recorded(ticks, loop: index)
        } else if let settings {
            let experiment = try TuneExperiment(tune, settings, loop: index)
            recording = experiment.recording
            abort = experiment.abortReason
            hysteresis = experiment.hysteresis
        } else {
            recording = Recording()
        }
        abortReason = abort
        if let hysteresis {
            relay = try Self.relay(recording, hysteresis: hysteresis, abort)
        } else {
            relay = nil
        }
        let loop = settings?.loops[index]
        let configured = loop.map { Double($0.periodMilliseconds) / 1_000 }
        periodSeconds = tune.period ?? configured ?? Self.interval(recording)
        name = loop?.name ?? tune.csv ?? ""
        unit = loop.flatMap { settings?.sensors[$0.sensor.index].unit.symbol } ?? ""
        outputUnit = settings?.output(ofLoop: index).unit.symbol ?? ""
        statePath = settings.flatMap { Self.statePath($0, loop: index) }
    }

    /// Beside the record directory; nil when nothing is recorded.
    static func statePath(_ settings: Settings, loop index: Int) -> String? {
        settings.record.map { record in
            let directory = settings.resolve(record.directory.value)
            let parent = directory.parentPath
            let file = "\(settings.name)-\(settings.loops[index].name).tuned.json"
            return parent.path(of: file)
        }
    }

    static func loop(_ name: String?, _ settings: Settings?) throws -> Int {
        guard let name else { return 0 }
        let names = settings?.loops.map(\.name) ?? []
        guard let index = names.firstIndex(of: name) else {
            throw ValidationError(
                "--loop is \"\(name)\"; allowed: \(names.joined(separator: ", "))")
        }
        return index
    }

    private static func relay(
        _ recording: Recording, hysteresis: Double, _ abort: String?
    ) throws -> RelayOscillation {
        do throws(TuningFault) {
            return try RelayOscillation(recording, hysteresis: hysteresis)
        } catch {
            let why = abort.map { "; the experiment ended early: \($0)" } ?? ""
            throw Console.fail(.failed, error.description + why)
        }
    }

    /// 64 bytes for each row that a recording may have.
    private static let csvByteLimit = 64 << 20

    private static func csv(_ path: String) throws -> Recording {
        let bytes: [UInt8]
        do throws(ConfigurationError) {
            bytes = try readFile(path, limit: csvByteLimit)
        } catch {
            throw Console.fail(
                error.reason == .notPermitted ? .notPermitted : .missing, error.description)
        }
        guard bytes.count <= csvByteLimit else {
            throw Console.fail(.damaged, "\(path): longer than \(csvByteLimit >> 20) MiB")
        }
        do throws(TuningFault) {
            return try Recording(csv: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Console.fail(.damaged, "\(path): \(error.description)")
        }
    }

    /// Ticks of one loop; a time that does not grow ends the recording.
    private static func recorded(_ ticks: [TickRecord], loop: Int) -> Recording {
        var recording = Recording()
        let start = ticks.first?.timeNanoseconds ?? 0
        for tick in ticks where Int(tick.loop) == loop && tick.timeNanoseconds >= start {
            let reading = tick.sensorFault == 0 ? tick.reading.doubleValue : nil
            do {
                try recording.append(
                    time: Double(tick.timeNanoseconds - start) * 1e-9,
                    command: tick.output.doubleValue, measurement: reading)
            } catch { break }
        }
        return recording
    }

    /// The middle one of all intervals.
    private static func interval(_ recording: Recording) -> Double {
        let times = recording.times
        let intervals = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        return intervals.isEmpty ? 1 : intervals[intervals.count / 2]
    }
}
