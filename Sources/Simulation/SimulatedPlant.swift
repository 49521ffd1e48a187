package import Control
package import FixedPoint
import Plants

/// A plant in simulated time with its sensors and actuators: what stands in for the hardware.
///
/// A class, since several loops share one plant. All memory is allocated at set-up; `reading`,
/// `drive` and `advance` allocate nothing.
package final class SimulatedPlant {
    package let scenario: Scenario
    /// Simulated time in nanoseconds, 0 at the start.
    package private(set) var nowNanoseconds: UInt64 = 0

    private var simulation: PlantSimulation<AnyPlant<Double>>
    private var inputs: [Double]
    private var loads: [Double]
    private var tick: UInt64 = 0
    private var sensorNoise: [NormalNoise]
    private var samples: [SensorSample]
    private var pipelines: [CommandPipeline]
    private var walks: [Double]
    private var walkNoise: [NormalNoise]

    /// Starts at rest, with every actuator at its start level.
    package init(_ scenario: Scenario) throws(SimulationFault) {
        self.scenario = scenario
        do throws(PlantFault) {
            let plant = try PlantCatalog.plant(
                named: scenario.plant, parameters: scenario.parameters)
            simulation = try PlantSimulation(plant, periodSeconds: scenario.periodSeconds)
        } catch {
            throw .plant(error)
        }
        let plant = simulation.plant
        try Self.check(scenario, inputs: plant.inputs.count, outputs: plant.outputs.count)
        inputs = [Double](repeating: 0, count: plant.inputs.count)
        loads = inputs
        sensorNoise = scenario.sensors.indices.map {
            NormalNoise(seed: scenario.seed, stream: UInt64($0))
        }
        samples = scenario.sensors.map { _ in SensorSample() }
        pipelines = scenario.actuators.map { CommandPipeline($0) }
        walks = scenario.disturbances.map { _ in 0 }
        walkNoise = scenario.disturbances.indices.map {
            NormalNoise(seed: scenario.seed, stream: 1_000 + UInt64($0))
        }
    }

    private static func check(
        _ scenario: Scenario, inputs: Int, outputs: Int
    ) throws(SimulationFault) {
        for (index, sensor) in scenario.sensors.enumerated()
        where !(0..<outputs).contains(sensor.output) {
            throw .noOutput(sensor: index, found: sensor.output, outputs: outputs)
        }
        var taken: Set<Int> = []
        for actuator in scenario.actuators {
            guard (0..<inputs).contains(actuator.input) else {
                throw .noInput(found: actuator.input, inputs: inputs)
            }
            guard taken.insert(actuator.input).inserted else {
                throw .inputTaken(input: actuator.input)
            }
        }
        for disturbance in scenario.disturbances {
            try check(disturbance.kind, scenario, inputs: inputs)
        }
    }

    private static func check(
        _ kind: Disturbance.Kind, _ scenario: Scenario, inputs: Int
    ) throws(SimulationFault) {
        switch kind {
        case .load(let input, _):
            guard (0..<inputs).contains(input) else {
                throw .noInput(found: input, inputs: inputs)
            }
        case .dropout(let sensor), .stuck(let sensor), .bias(let sensor, _),
            .noise(let sensor, _):
            guard scenario.sensors.indices.contains(sensor) else {
                throw .noSensor(found: sensor, sensors: scenario.sensors.count)
            }
        case .actuatorStuck(let actuator):
            guard scenario.actuators.indices.contains(actuator) else {
                throw .noActuator(found: actuator, actuators: scenario.actuators.count)
            }
        }
    }

    // MARK: The ports' side

    /// The output that a sensor looks at, without noise or fault, in its unit.
    package func truth(ofSensor index: Int) -> Double {
        simulation.output(scenario.sensors[index].output)
    }

    /// What the sensor says now: within a period the same, however often it is asked.
    package func reading(ofSensor index: Int) throws(SensorFault) -> Reading {
        if samples[index].tick != tick { sample(sensor: index) }
        if let fault = samples[index].fault { throw fault }
        return Reading(value: samples[index].value, timeNanoseconds: nowNanoseconds)
    }

    /// The noise of a tick is drawn whatever else happens, so that a fault changes no later
    /// reading.
    private func sample(sensor index: Int) {
        let model = scenario.sensors[index]
        let noise = sensorNoise[index].next()
        var value = truth(ofSensor: index)
        var deviation = model.noise
        var isStuck = false
        var isSilent = false
        let seconds = self.seconds
        for disturbance in scenario.disturbances where disturbance.isActive(at: seconds) {
            switch disturbance.kind {
            case .dropout(let sensor) where sensor == index: isSilent = true
            case .stuck(let sensor) where sensor == index: isStuck = true
            case .bias(let sensor, let bias) where sensor == index: value += bias
            case .noise(let sensor, let noise) where sensor == index: deviation = noise
            default: break
            }
        }
        if deviation > 0 { value += deviation * noise }
        if model.quantum > 0 { value = (value / model.quantum).rounded(.down) * model.quantum }
        samples[index].take(value, tick: tick, isStuck: isStuck, isSilent: isSilent)
    }

    /// Takes a command for an actuator.
    package func drive(actuator index: Int, _ output: Q16_16) {
        pipelines[index].command(Double(output.bits) / 65_536)
    }

    /// The level at which an actuator stands.
    package func level(ofActuator index: Int) -> Double {
        pipelines[index].level
    }

    // MARK: Time

    private var seconds: Double { Double(tick) * scenario.periodSeconds }

    /// Lets one period pass.
    package func advance() {
        for (index, actuator) in scenario.actuators.enumerated() {
            inputs[actuator.input] = pipelines[index].advance(isStuck: isStuck(actuator: index))
        }
        updateLoads()
        simulation.step(input: inputs.span, load: loads.span)
        tick += 1
        nowNanoseconds = UInt64((seconds * 1e9).rounded())
    }

    private func isStuck(actuator index: Int) -> Bool {
        let seconds = self.seconds
        return scenario.disturbances.contains {
            $0.kind == .actuatorStuck(actuator: index) && $0.isActive(at: seconds)
        }
    }

    private func updateLoads() {
        for index in loads.indices {
            loads[index] = 0
        }
        let seconds = self.seconds
        for (index, disturbance) in scenario.disturbances.enumerated()
        where disturbance.isActive(at: seconds) {
            guard case .load(let input, let shape) = disturbance.kind else { continue }
            loads[input] += load(
                shape, elapsed: seconds - disturbance.startSeconds, disturbance: index)
        }
    }

    private func load(_ shape: LoadShape, elapsed: Double, disturbance: Int) -> Double {
        switch shape {
        case .step(let value): return value
        case .ramp(let end, let duration):
            return duration > 0 ? end * min(1, elapsed / duration) : end
        case .sine(let amplitude, let period):
            return amplitude * Sine.value(turns: elapsed / period)
        case .walk(let deviation, let bound):
            let step = deviation * scenario.periodSeconds.squareRoot()
            let next = walks[disturbance] + step * walkNoise[disturbance].next()
            walks[disturbance] = min(max(next, -bound), bound)
            return walks[disturbance]
        }
    }
}
