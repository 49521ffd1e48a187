import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Pictures
import Simulation

/// The course of one loop as plain numbers: for metrics, pictures and tables.
struct LoopSeries {
    let name: String
    let sensor: SensorSettings
    let actuator: LoopOutput
    let periodSeconds: Double
    private(set) var times: [Double] = []
    private(set) var targets: [Double] = []
    private(set) var setpoints: [Double] = []
    /// What the metrics judge: the plant's own output where it is known, else the estimate.
    private(set) var outputs: [Double] = []
    /// What the sensor said; NaN where it said nothing usable.
    private(set) var measurements: [Double] = []
    private(set) var estimates: [Double] = []
    private(set) var commands: [Double] = []
    private(set) var integrators: [Double] = []
    private(set) var gates: [(input: Double, forget: Double, output: Double)] = []
    private(set) var states: [RunState] = []
    private(set) var faultTicks = 0
    private(set) var saturations = 0
    private(set) var isLatched = false
    /// Ticks before the first good measurement, in which there is nothing to judge.
    private var unknownTicks = 0
    private var isKnown = false
    private(set) var cause = SupervisorCause.starting

    init(_ settings: Settings, loop index: Int) {
        let loop = settings.loops[index]
        name = loop.name
        sensor = settings.sensors[loop.sensor.index]
        actuator = settings.output(ofLoop: index)
        periodSeconds = Double(loop.periodMilliseconds) / 1_000
    }

    /// - Parameter truth: the plant's own output, where it is known.
    mutating func append(_ record: TickRecord, startNanoseconds: UInt64, truth: Double?) {
        let elapsed =
            record.timeNanoseconds >= startNanoseconds
            ? record.timeNanoseconds - startNanoseconds : 0
        isKnown = isKnown || truth != nil || record.sensorFault == 0
        if !isKnown { unknownTicks += 1 }
        let estimate = isKnown ? record.estimate.doubleValue : .nan
        times.append(Double(elapsed) * 1e-9)
        targets.append(record.target.doubleValue)
        setpoints.append(record.setpoint.doubleValue)
        outputs.append(truth ?? estimate)
        measurements.append(record.sensorFault == 0 ? record.reading.doubleValue : .nan)
        estimates.append(estimate)
        commands.append(record.output.doubleValue)
        integrators.append(
            actuator.low + record.integrator.doubleValue * (actuator.high - actuator.low))
        gates.append(
            (
                Double(record.inputGate) / 32_768, Double(record.forgetGate) / 32_768,
                Double(record.outputGate) / 32_768
            ))
        states.append(Self.state(of: record))
        if record.sensorFault != 0 { faultTicks += 1 }
        saturations += Int(record.saturations)
        isLatched = record.latched != 0
        cause = SupervisorCause(rawValue: record.cause) ?? .starting
    }

    private static func state(of record: TickRecord) -> RunState {
        switch SupervisorState(rawValue: record.state) {
        case .safe, nil: .safe
        case .learned: .learned
        case .fallback:
            record.requestedState == SupervisorState.fallback.rawValue ? .pid : .fallback
        }
    }

    var metrics: Metrics {
        func known(_ values: [Double]) -> [Double] { Array(values.dropFirst(unknownTicks)) }
        return Metrics(
            periodSeconds: periodSeconds, target: known(targets), setpoint: known(setpoints),
            measurement: known(outputs), command: known(commands),
            isControlled: states.dropFirst(unknownTicks).map { $0 != .safe },
            limits: sensor.limitLow...sensor.limitHigh)
    }

    /// How many ticks each state lasted.
    func ticks(in state: RunState) -> Int {
        states.count { $0 == state }
    }

    func picture(title: String, subtitle: String, hasLaw: Bool) -> RunPicture {
        var picture = RunPicture(
            title: title, quantity: sensor.name, unit: sensor.unit.symbol,
            commandUnit: actuator.unit.symbol, commandRange: actuator.low...actuator.high,
            times: times, setpoint: setpoints, measurement: measurements, command: commands)
        picture.subtitle = subtitle
        picture.estimate = estimates
        picture.states = states
        if hasLaw {
            picture.integrator = integrators
            picture.inputGate = gates.map(\.input)
            picture.forgetGate = gates.map(\.forget)
            picture.outputGate = gates.map(\.output)
        }
        return picture
    }
}
