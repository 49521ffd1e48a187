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

    init(_ train: Train) throws {
        let settings = try Console.settings(train.config ?? "")
        let index = try TuneSource.loop(train.loop, settings)
        let path = train.state ?? TuneSource.statePath(settings, loop: index)
        guard let path else {
            throw Console.fail(
                .missing, "nothing is recorded, so there is no state file; name it with --state")
        }
        let state = try Self.state(path)
        do throws(NoFamily) {
            family = try Self.family(settings, loop: index, state.process)
        } catch {
            throw Console.fail(.failed, "\(path): \(error.reason)")
        }
    }

    struct NoFamily: Error {
        let reason: String
    }

    /// The family of a process that was identified in the units of sensor and actuator.
    static func family(
        _ settings: Settings, loop index: Int, _ process: TuneState.Process
    ) throws(NoFamily) -> PlantFamily {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.actuators[loop.actuator.index]
        let (low, high) = (sensor.low, sensor.high)
        let (least, most) = (actuator.low, actuator.high)
        let span = high - low
        let gain = process.gain * (most - least) / span
        let chain = ChainModel(
            gain: gain, lags: process.lagsSeconds,
            deadTime: process.deadTimeSeconds,
            isIntegrating: process.isIntegrating)
        var family = PlantFamily(
            name: "\(settings.name)/\(loop.name)", process: .chain(chain),
            periodSeconds: Double(settings.periodMilliseconds) / 1_000)
        if !process.isIntegrating {
            // Where the output rests at the lower end of the actuator's range.
            let rest = (process.outputAtRest + process.gain * least - low) / span
            family.standingLoad = rest / gain
            let reachable = (min(rest, rest + gain), max(rest, rest + gain))
            let bottom = max(
                reachable.0 + Self.reach, (sensor.limitLow - low) / span + Self.margin,
                Self.margin)
            let top = min(
                reachable.1 - Self.reach, (sensor.limitHigh - low) / span - Self.margin,
                1 - Self.margin)
            guard bottom < top else {
                throw NoFamily(reason: "no setpoint is within reach of actuator and limits")
            }
            family.setpoints = bottom...top
        }
        return family
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
