import Assembly
import Configuration
import Episodes
import ModelFile

/// The family that a configuration's loop asks a law for: the process that was identified,
/// normalised to the ranges of sensor and actuator.
struct TrainSource {
    /// Of a process whose output falls when the command rises, the mirror image: a law is trained for
    /// that and turned round.
    let family: PlantFamily
    let isMirrored: Bool

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
        let process: TunedProcess
        do throws(AssemblyError) {
            process = try TunedProcess(stateFile: path)
        } catch {
            throw Console.fail(error)
        }
        do throws(NoFamily) {
            try self.init(settings, loop: index, process)
        } catch {
            throw Console.fail(error.isDamage ? .damaged : .failed, "\(path): \(error.reason)")
        }
    }

    /// Why a process has no family that a law could be trained for.
    struct NoFamily: Error {
        let reason: String
        /// The process is none, in whatever ranges.
        var isDamage = false
    }

    /// Of a process that was identified in the units of the loop's sensor and actuator.
    init(
        _ settings: Settings, loop index: Int, _ process: TunedProcess
    ) throws(NoFamily) {
        let normalised: IdentifiedProcess
        do throws(ModelFault) {
            normalised = try process.normalised(settings, loop: index)
        } catch {
            throw NoFamily(reason: "\(error)", isDamage: true)
        }
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        let (low, high) = (sensor.low, sensor.high)
        let (least, most) = (actuator.low, actuator.high)
        let span = high - low
        isMirrored = normalised.gain < 0
        let gain = normalised.gain.magnitude
        let chain = ChainModel(
            gain: gain, lags: normalised.lags, deadTime: normalised.deadTime,
            isIntegrating: normalised.isIntegrating)
        var family = PlantFamily(
            name: "\(settings.name)/\(loop.name)", process: .chain(chain),
            periodSeconds: Double(loop.periodMilliseconds) / 1_000)
        if !process.isIntegrating {
            // Where the output rests at the end of the actuator's range where it is lowest.
            let end = isMirrored ? most : least
            let rest = (process.outputAtRest + process.gain * end - low) / span
            family.standingLoad = rest / gain
            let reachable = (rest, rest + gain)
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
        self.family = family
    }
}
