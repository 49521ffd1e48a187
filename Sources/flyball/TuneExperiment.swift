import ArgumentParser
import Configuration
import Control
import ControlSocket
import FoundationEssentials
import Pictures
import Tuning

/// An experiment that a tuning asks for, watched until it is over: on the simulated plant or on a
/// running daemon, where Ctrl-C ends it and the loop has its law back.
struct TuneExperiment {
    private(set) var recording = Recording()
    /// Why it ended before its time; nil when it did not.
    private(set) var abortReason: String?
    /// Of a relay, what its switching points were apart; nil for a step.
    private(set) var hysteresis: Double?

    private let settings: Settings
    private let index: Int
    private let tune: Tune

    /// Share of the time before a step.
    private static let baseline = 0.05
    private static let settleSecondsLimit = 60.0
    private static let stepSeconds = 600.0
    private static let relaySeconds = 3_600.0
    /// Of the output range: from the safe level, and from a command that holds a setpoint.
    private static let largeStep = 0.3
    private static let smallStep = 0.1
    private static let relaySwing = 0.2
    /// Of the way to the end of the output range.
    private static let reach = 0.9
    /// Of the sensor's range: a dead band of several units of noise, in most plants.
    private static let band = 0.0025

    init(_ tune: Tune, _ settings: Settings, loop index: Int) throws {
        self.settings = settings
        self.index = index
        self.tune = tune
        if tune.onDaemon {
            let connection = try DaemonOptions.connect(
                socket: tune.socket, config: tune.config)
            var bench = DaemonBench(connection: connection, loop: settings.loops[index].name)
            Interrupt.take()
            try run(&bench)
        } else {
            var bench = try SimulatedBench(settings, loop: index, seed: tune.seed)
            if tune.experiment == .step {
                try bench.rest()
            } else {
                bench.settle(seconds: settings.simulation?.durationSeconds ?? Self.stepSeconds)
            }
            try run(&bench)
        }
    }

    private mutating func run<Bench: ExperimentBench>(_ bench: inout Bench) throws {
        let request = try request(try bench.status())
        hysteresis = request.hysteresis
        let number = try bench.begin(request)
        var line = LiveLine()
        defer { line.finish() }
        var last: UInt64?
        while true {
            if Interrupt.isRaised {
                try bench.abort(number)
                line.finish()
                throw Console.fail(.failed, "aborted: the loop has its law back")
            }
            let progress = try bench.progress(number, after: last)
            for sample in progress.samples { try add(sample) }
            last = progress.samples.last?.tick ?? last
            show(progress, of: request, &line)
            guard !progress.isActing, !progress.hasMore else { continue }
            line.finish()
            try close(progress.end)
            return
        }
    }

    /// Limits are met on purpose, and the samples up to there are good. What a fault has cut short tells too
    /// little, and gains from it would be taken for those of a whole experiment.
    private mutating func close(_ end: String?) throws {
        guard let end, end != "\(ExperimentEnd.completed)" else { return }
        let limits = [ExperimentEnd.timeLimit, .rangeLimit, .slopeLimit].map { "\($0)" }
        guard limits.contains(end) else {
            let seconds = NumberText.significant(recording.times.last ?? 0)
            throw Console.fail(
                .failed,
                "the experiment ended early, after \(seconds) s: \(end); no gains were written. What there is of "
                    + "it is in the record of the run, which --from-record reads")
        }
        abortReason = end
    }

    private mutating func add(_ sample: ExperimentProgress.Sample) throws {
        do throws(Recording.RowFault) {
            try recording.append(
                time: sample.seconds, command: sample.output, measurement: sample.measurement)
        } catch {
            throw Console.fail(.failed, "a sample cannot be used: \(error)")
        }
    }

    private func show(
        _ progress: ExperimentProgress, of request: ExperimentRequest, _ line: inout LiveLine
    ) {
        guard let sample = progress.samples.last else { return }
        let loop = settings.loops[index]
        let unit = settings.sensors[loop.sensor.index].unit.symbol
        let outputUnit = settings.output(ofLoop: index).unit.symbol
        line.show(
            "\(request.kind): \(Int(sample.seconds)) of at most \(Int(request.limitSeconds)) s, "
                + "\(NumberText.significant(sample.measurement)) \(unit), "
                + "\(NumberText.significant(sample.output)) \(outputUnit)")
    }

    // MARK: What is asked for

    private func request(_ status: LoopReportedStatus) throws -> ExperimentRequest {
        let limit = tune.duration ?? defaultSeconds
        let isStep = tune.experiment == .step
        let usual = isStep ? Self.baseline * limit : min(Self.settleSecondsLimit, limit / 10)
        let sensor = settings.sensors[settings.loops[index].sensor.index]
        var request = ExperimentRequest(
            kind: tune.experiment.rawValue, amplitude: try amplitude(status),
            settleSeconds: tune.settle ?? usual, limitSeconds: limit, low: tune.low,
            high: tune.high, ratePerSecond: tune.maxRate)
        if !isStep {
            request.hysteresis = tune.hysteresis ?? Self.band * (sensor.high - sensor.low)
            request.cycles = tune.cycles
        }
        return request
    }

    private var defaultSeconds: Double {
        guard tune.experiment == .step else { return Self.relaySeconds }
        return tune.onDaemon
            ? Self.stepSeconds : settings.simulation?.durationSeconds ?? Self.stepSeconds
    }

    private func amplitude(_ status: LoopReportedStatus) throws -> Double {
        if let level = tune.level { return level - status.output }
        if let amplitude = tune.amplitude { return amplitude }
        let actuator = settings.output(ofLoop: index)
        let span = actuator.high - actuator.low
        let up = actuator.high - status.output
        let down = status.output - actuator.low
        guard tune.experiment == .relay else {
            let share = tune.onDaemon ? Self.smallStep : Self.largeStep
            let size = min(share * span, Self.reach * max(up, down))
            return up >= down ? size : -size
        }
        // A process that falls when the command rises is switched the other way round.
        let sign = settings.loops[index].pid.kp < 0 ? -1.0 : 1
        let size = min(Self.relaySwing * span, Self.reach * min(up, down))
        guard size > 0 else {
            throw Console.fail(
                .failed, "the command is \(status.output): a relay needs room on both sides of it")
        }
        return sign * size
    }
}
