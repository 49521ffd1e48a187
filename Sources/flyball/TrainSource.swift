import Configuration
import Episodes
import Foundation
import Tuning

/// The family that a configuration's loop asks a law for: the process that was identified,
/// normalised to the ranges of sensor and actuator.
struct TrainSource {
    let family: PlantFamily

    /// Distance of the setpoints from what the actuator can just reach, parts of the span.
    private static let reach = 0.08
    /// Distance from a protective limit, parts of the span.
    private static let margin = 0.05

    /// - Parameter state: file of `flyball tune`; beside the record directory when not given.
    init(config: String, loop name: String?, state given: String?) throws {
        let settings = try Console.settings(config)
        let index = try TuneSource.loop(name, settings)
        let path = given ?? TuneSource.statePath(settings, loop: index)
        guard let path else {
            throw Console.fail(
                .missing, "nothing is recorded, so there is no state file; name it with --state")
        }
        let state = try Self.state(path)
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.actuators[loop.actuator.index]
        let (low, high) = (sensor.low, sensor.high)
        let (least, most) = (actuator.low, actuator.high)
        let span = high - low
        let gain = state.process.gain * (most - least) / span
        let chain = ChainModel(
            gain: gain, lags: state.process.lagsSeconds,
            deadTime: state.process.deadTimeSeconds,
            isIntegrating: state.process.isIntegrating)
        var family = PlantFamily(
            name: "\(settings.name)/\(loop.name)", process: .chain(chain),
            periodSeconds: Double(settings.periodMilliseconds) / 1_000)
        if !state.process.isIntegrating {
            // Where the output rests at the lower end of the actuator's range.
            let rest = (state.process.outputAtRest + state.process.gain * least - low) / span
            family.standingLoad = rest / gain
            let reachable = (min(rest, rest + gain), max(rest, rest + gain))
            let bottom = max(
                reachable.0 + Self.reach, (sensor.limitLow - low) / span + Self.margin,
                Self.margin)
            let top = min(
                reachable.1 - Self.reach, (sensor.limitHigh - low) / span - Self.margin,
                1 - Self.margin)
            guard bottom < top else {
                throw Console.fail(
                    .failed, "\(path): no setpoint is within reach of actuator and limits")
            }
            family.setpoints = bottom...top
        }
        self.family = family
    }

    private static func state(_ path: String) throws -> TuneState {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Console.fail(
                .missing, "\(path): cannot be read; run `flyball tune` on the configuration first")
        }
        do {
            return try JSONDecoder().decode(TuneState.self, from: bytes)
        } catch {
            throw Console.fail(.damaged, "\(path): is no state file of `flyball tune`: \(error)")
        }
    }
}
