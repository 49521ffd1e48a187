import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Simulation
import Tuning

/// An open-loop step of one loop's actuator on the simulated plant, bounded on all sides.
///
/// The command is the safe level, then another, then the safe level again. It ends by itself at the
/// time limit, and at once where the measurement comes within a twentieth of the span between the
/// protective limits, moves faster than the sensor allows, or is not there.
struct StepExperiment {
    private(set) var recording = Recording()
    /// Why it ended before its time; nil when it did not.
    private(set) var abortReason: String?
    let low: Double
    let high: Double

    /// Share of the time before the step.
    private static let baseline = 0.05
    /// Share of the span between the limits that the measurement keeps away from them.
    private static let distance = 0.05

    /// - Parameters:
    ///   - level: of the step in the actuator's unit; nil for 30 % of its range from the safe level
    ///     towards the farther end.
    ///   - seconds: of the whole experiment.
    init(
        _ settings: Settings, loop index: Int, level: Double?, seconds: Double, seed: UInt64?
    ) throws {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.actuators[loop.actuator.index]
        let isUpward = actuator.high - actuator.safe >= actuator.safe - actuator.low
        let move = 0.3 * (actuator.high - actuator.low)
        low = actuator.safe
        high = level ?? actuator.safe + (isUpward ? move : -move)
        var quiet = settings
        // A load in the middle of the experiment would be taken for the process.
        quiet.simulation?.events = []
        let plant: SimulatedPlant
        do throws(ConfigurationError) {
            plant = try SimulatedRun.plant(quiet, seed: seed)
        } catch {
            throw Console.fail(Console.status(of: error), error.description)
        }
        let period = Double(settings.periodMilliseconds) / 1_000
        let ticks = Int((seconds / period).rounded())
        let start = max(2, Int(Double(ticks) * Self.baseline))
        var ports = (
            SimulatedSensor(plant, index: loop.sensor.index),
            SimulatedActuator(plant, index: loop.actuator.index)
        )
        guard let rest = Q16_16(low), let stepped = Q16_16(high) else { return }
        var last: Double?
        for tick in 0..<ticks {
            guard let value = try? ports.0.read().value.doubleValue else {
                abortReason = "the sensor said nothing"
                break
            }
            abortReason = Self.reason(value, after: last, sensor, periodSeconds: period)
            if abortReason != nil { break }
            last = value
            let command = tick < start ? rest : stepped
            try recording.append(
                time: Double(tick) * period, command: command.doubleValue, measurement: value)
            try? ports.1.drive(command)
            plant.advance()
        }
        try? ports.1.drive(rest)
    }

    private static func reason(
        _ value: Double, after last: Double?, _ sensor: SensorSettings, periodSeconds: Double
    ) -> String? {
        let room = distance * (sensor.limitHigh - sensor.limitLow)
        if value > sensor.limitHigh - room || value < sensor.limitLow + room {
            return "the measurement \(value) came near a protective limit"
        }
        guard let last else { return nil }
        let rate = abs(value - last) / periodSeconds
        return rate > sensor.maxRatePerSecond
            ? "the measurement moved by \(rate) a second; allowed: \(sensor.maxRatePerSecond)" : nil
    }
}
