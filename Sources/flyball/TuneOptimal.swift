import Assembly
import Configuration
import Episodes
import Pictures
import Training
import Tuning

/// PID* of the identified process, and the same within a peak of the sensitivity: how well PIDs can
/// do, as rows of the table.
struct TuneOptimal {
    let rows: [TuneReport.Gains]

    private static let seed: UInt64 = 1

    /// - Throws: the reason for which there is no such family of episodes.
    init(
        _ settings: Settings, loop index: Int, _ process: TunedProcess, _ model: ProcessModel,
        _ plant: TunePlant?
    ) throws {
        let source = try TrainSource(settings, loop: index, process)
        let family = source.family
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        let scale = (actuator.high - actuator.low) / (sensor.high - sensor.low)
        var progress = Progress()
        defer { progress.finish() }
        rows = try [nil, TuningProposal.msLimit].map { limit in
            let title = limit.map { "PID*, Ms \($0)" } ?? "PID*"
            let found = try OptimalPID.search(family, seed: Self.seed, limit: limit) {
                generation, cost in
                progress.show(
                    title, done: generation + 1, total: OptimalPID.generations,
                    note: "cost \(NumberText.significant(cost))")
            }
            let sample = source.isMirrored ? found.mirrored : found
            let gains = PIDGains(sample, periodSeconds: family.periodSeconds, scale: scale)
            // The filter on the measurement is counted as dead time.
            let filter = sample.measurementFilterSamples * family.periodSeconds
            let smoothed = try model.with(
                moreDeadTimeSeconds: family.periodSeconds / 2 + filter
            ).transferFunction
            let smooth = LoopMargins(gains, on: smoothed)
            var row = TuneReport.Gains(
                TuningProposal.Row(
                    title: title, gains: gains, margins: LoopMargins(found, on: family),
                    setpointIAE: LoopResponse(
                        gains, on: smoothed, margins: smooth, to: .setpoint
                    ).iae,
                    loadIAE: LoopResponse(gains, on: smoothed, margins: smooth, to: .load).iae),
                plant: plant?.margins(sample, ti: gains.tiSeconds, scale: scale))
            row.setpointWeight = gains.setpointWeight
            row.filterSeconds = filter
            return row
        }
    }
}

extension SamplePIDGains {
    /// For the process whose output falls where the family's rises.
    fileprivate var mirrored: SamplePIDGains {
        var gains = self
        gains.proportional = -gains.proportional
        gains.integral = -gains.integral
        gains.derivative = -gains.derivative
        return gains
    }
}

extension PIDGains {
    /// From gains per sample in parts of the ranges to the units of process and actuator.
    init(_ sample: SamplePIDGains, periodSeconds: Double, scale: Double) {
        self.init(
            kp: sample.proportional * scale,
            tiSeconds: sample.integral == 0
                ? 0 : sample.proportional / sample.integral * periodSeconds,
            tdSeconds: sample.derivative / sample.proportional * periodSeconds,
            tfSeconds: sample.derivativeFilterSamples * periodSeconds,
            setpointWeight: sample.setpointWeight)
    }
}
