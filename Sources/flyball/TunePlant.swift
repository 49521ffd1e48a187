import Assembly
import Configuration
import Episodes
import Plants
import Simulation
import Training
import Tuning

/// The simulated plant of a configuration about the setpoint of a loop: what gains do on the
/// process itself, not on the model that was identified.
struct TunePlant {
    private let sampled: SampledStateSpace
    private let periodSeconds: Double
    private let integrators: Int
    private let slowestSeconds: Double

    /// `nil` without a simulated plant, or where it does not stand still.
    init?(_ settings: Settings?, loop index: Int, _ model: ProcessModel) {
        guard let settings, let simulation = settings.simulation,
            let scenario = try? Scenario(settings, seed: nil),
            let plant = try? PlantCatalog.plant(
                named: scenario.plant, parameters: scenario.parameters),
            let entry = try? PlantCatalog.entry(named: scenario.plant)
        else { return nil }
        var fixed = entry.initialInput
        for actuator in scenario.actuators where actuator.input < fixed.count {
            fixed[actuator.input] = actuator.start
        }
        let others = settings.loops.indices.filter { $0 != index }
        // A loop of a cascade has no input of its own, or a setpoint of another one's: no margins then.
        guard settings.loops.allSatisfy({ $0.actuator != nil }) else { return nil }
        let held = ([index] + others).compactMap { place -> OperatingPoint.Held? in
            let loop = settings.loops[place]
            guard let actuator = loop.actuator else { return nil }
            return OperatingPoint.Held(
                input: scenario.actuators[actuator.index].input,
                output: scenario.sensors[loop.sensor.index].output, value: loop.setpoint)
        }
        guard held.allSatisfy({ $0.input < fixed.count && $0.output < plant.outputs.count }),
            let point = try? OperatingPoint(plant, held: held, fixed: fixed)
        else { return nil }
        periodSeconds = Double(settings.loops[index].periodMilliseconds) / 1_000
        // The actuator of the simulation delays by whole periods.
        let delay = (simulation.commandDelaySeconds / periodSeconds).rounded() * periodSeconds
        sampled = SampledStateSpace(
            point.space, deadTimeSeconds: point.deadTimeSeconds + delay,
            periodSeconds: periodSeconds)
        integrators = point.isIntegrating ? 1 : 0
        slowestSeconds = model.lags.reduce(model.deadTimeSeconds + periodSeconds, +)
    }

    func margins(_ gains: PIDGains) -> LoopMargins {
        LoopMargins(
            sampled: sampled, periodSeconds: periodSeconds,
            originPoles: integrators + (gains.ki != 0 ? 1 : 0),
            slowestSeconds: slowestSeconds + gains.tiSeconds
        ) { gains.sampledResponse(at: $0 / periodSeconds, periodSeconds: periodSeconds) }
    }

    /// - Parameter scale: actuator's range over the sensor's, in which the gains are parts.
    func margins(_ gains: SamplePIDGains, ti: Double, scale: Double) -> LoopMargins {
        LoopMargins(
            sampled: sampled, periodSeconds: periodSeconds,
            originPoles: integrators + (gains.integral != 0 ? 1 : 0),
            slowestSeconds: slowestSeconds + ti
        ) { scale * gains.response(at: $0) }
    }
}
