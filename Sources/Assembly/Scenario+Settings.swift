package import Configuration
package import Simulation

extension Scenario {
    /// The simulated plant of a configuration.
    ///
    /// A sensor's channel counts the plant's outputs and an actuator's its inputs: `y1` and `T1` both
    /// mean the first, so that a configuration for hardware runs on its plant. On a board, whose
    /// channels have names of their own, the order of the sensors and of the actuators counts.
    package init(_ settings: Settings, seed: UInt64?) throws(ConfigurationError) {
        guard let simulation = settings.simulation else {
            throw settings.error(
                at: .start, key: "simulation", found: "missing",
                allowed: "a table [simulation] with the plant to run on")
        }
        let period = Double(settings.periodMilliseconds) / 1_000
        var sensors: [SensorModel] = []
        for (place, sensor) in settings.sensors.enumerated() {
            let isOnBoard = sensor.input != nil
            let output =
                isOnBoard ? place : try Self.number(sensor.channel, settings, "sensor.channel")
            sensors.append(
                SensorModel(
                    output: output, noise: sensor.simulatedNoise,
                    quantum: sensor.simulatedQuantum))
        }
        var actuators: [ActuatorModel] = []
        for (place, actuator) in settings.actuators.enumerated() {
            let isOnBoard = actuator.output != nil
            let input =
                isOnBoard ? place : try Self.number(actuator.channel, settings, "actuator.channel")
            let delay = (simulation.commandDelaySeconds / period).rounded()
            actuators.append(
                ActuatorModel(
                    input: input, range: actuator.low...actuator.high, start: actuator.safe,
                    quantum: simulation.commandQuantum, delayTicks: Int(min(delay, 100_000))))
        }
        let parameters = Dictionary(
            simulation.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        self.init(
            plant: simulation.plant.value, parameters: parameters, periodSeconds: period,
            seed: seed ?? UInt64(simulation.seed), sensors: sensors, actuators: actuators,
            disturbances: simulation.events.compactMap(Disturbance.init))
    }

    /// The digits at the end of a channel's name, counted from 0.
    private static func number(
        _ channel: Located<String>, _ settings: Settings, _ key: String
    ) throws(ConfigurationError) -> Int {
        guard let last = channel.value.last?.wholeNumberValue, last >= 1 else {
            throw settings.error(
                at: channel.position, key: key, found: "\"\(channel.value)\"",
                allowed: "a name that ends in the number of the plant's input or output")
        }
        return last - 1
    }
}

extension Disturbance {
    /// `nil` for a setpoint and an interlock, which are not the plant's business.
    init?(_ event: SimulationEvent) {
        let kind: Kind
        switch event.kind {
        case .setpoint, .interlock: return nil
        case .load(let input, let value): kind = .load(input: input, shape: .step(value))
        case .loadRamp(let input, let value, let duration):
            kind = .load(input: input, shape: .ramp(to: value, overSeconds: duration))
        case .loadSine(let input, let amplitude, let cycle):
            kind = .load(
                input: input, shape: .sine(amplitude: amplitude, periodSeconds: cycle))
        case .loadWalk(let input, let deviation, let bound):
            kind = .load(
                input: input, shape: .walk(deviationPerRootSecond: deviation, bound: bound))
        case .dropout(let sensor): kind = .dropout(sensor: sensor)
        case .stuck(let sensor): kind = .stuck(sensor: sensor)
        case .bias(let sensor, let value): kind = .bias(sensor: sensor, value: value)
        case .noise(let sensor, let value): kind = .noise(sensor: sensor, deviation: value)
        case .actuatorStuck(let actuator): kind = .actuatorStuck(actuator: actuator)
        }
        self.init(
            startSeconds: event.startSeconds,
            durationSeconds: event.durationSeconds > 0 ? event.durationSeconds : .infinity,
            kind: kind)
    }
}
