import Configuration
import Control
import ControlSocket
import FixedPoint
import ModelFile

/// Turns what a client asks of a loop into an order within the loop's limits, or refuses it.
struct OrderCheck {
    private let settings: Settings
    private let index: Int
    private let loop: LoopSettings
    private let sensor: SensorSettings
    private let actuator: LoopOutput
    private let model: Model?
    /// The loop as it was last heard of.
    private let status: LoopStatus?

    /// Ticks of an experiment, and of what is kept of it.
    static let experimentTickLimit = 100_000
    /// A drill is over by itself.
    static let drillSecondsLimit = 3_600.0
    private static let cyclesLimit = 100
    /// Share of the span between the limits that an experiment keeps away from them.
    private static let distance = 0.05
    /// The rate of the measurement is looked at over so many seconds and ticks at least.
    private static let rateSeconds = 10.0
    /// Beside the cycles that are evaluated: the one that starts, and what lies at both ends.
    private static let furtherSwitches = 4

    init(_ settings: Settings, loop index: Int, model: Model?, status: LoopStatus?) {
        self.settings = settings
        self.model = model
        self.status = status
        self.index = index
        loop = settings.loops[index]
        sensor = settings.sensors[loop.sensor.index]
        actuator = settings.output(ofLoop: index)
    }

    // MARK: Setpoint and mode

    func setpoint(_ request: ControlRequest) throws(OrderRefusal) -> LoopRequest.Order {
        guard let value = request.setpoint else { return .setpoint(nil) }
        let unit = sensor.unit
        if let given = request.unit {
            guard Unit(given) == unit else {
                throw OrderRefusal("the unit is \"\(given)\"; the setpoint is in \(unit.symbol)")
            }
        }
        guard let target = Q16_16(value), value >= sensor.low, value <= sensor.high else {
            throw OrderRefusal(
                "the setpoint is \(value); allowed: \(sensor.low) to \(sensor.high) \(unit.symbol), "
                    + "the range of the sensor")
        }
        guard value > sensor.limitLow, value < sensor.limitHigh else {
            throw OrderRefusal(
                "the setpoint is \(value); allowed: between the limits \(sensor.limitLow) and "
                    + "\(sensor.limitHigh) \(unit.symbol)")
        }
        if asksForLearned(status?.mode ?? .auto) { try checkEnvelope(value) }
        return .setpoint(target)
    }

    func mode(_ request: ControlRequest) throws(OrderRefusal) -> LoopRequest.Order {
        let names = OperatingMode.allCases.map(\.name).joined(separator: ", ")
        guard let name = request.mode, let mode = OperatingMode(name: name) else {
            throw OrderRefusal("the mode is \"\(request.mode ?? "")\"; allowed: \(names)")
        }
        if mode == .learned || mode == .shadow, model == nil {
            throw OrderRefusal("the loop has no learned law: its configuration names no model")
        }
        if asksForLearned(mode), let status { try checkEnvelope(status.record.target.doubleValue) }
        guard mode == .manual else {
            guard request.output == nil else {
                throw OrderRefusal("an output is for the mode manual only")
            }
            return .mode(mode, command: Q16_16(bits: 0))
        }
        let unit = actuator.unit.symbol
        guard let output = request.output, let command = Q16_16(output), output >= actuator.low,
            output <= actuator.high
        else {
            let found = request.output.map { "\($0)" } ?? "missing"
            throw OrderRefusal(
                "the output is \(found); allowed: \(actuator.low) to \(actuator.high) \(unit)")
        }
        return .mode(mode, command: command)
    }

    private func asksForLearned(_ mode: OperatingMode) -> Bool {
        mode == .learned || mode == .auto && loop.law == .learned
    }

    /// A law is asked for nothing that it was not made for, unless the configuration says so.
    private func checkEnvelope(_ setpoint: Double) throws(OrderRefusal) {
        guard let model, loop.learned?.allowsUncertified != true else { return }
        let envelope = CertificateCheck.envelope(of: model, sensor)
        guard !envelope.contains(setpoint) else { return }
        throw OrderRefusal(
            "the setpoint is \(setpoint); the learned law was made for \(envelope.lowerBound) to "
                + "\(envelope.upperBound) \(sensor.unit.symbol): mode pid has no such limit")
    }

    // MARK: Experiments and drills

    /// - Parameter leaseTicks: after which it is withdrawn without a sign of its client.
    func experiment(
        _ asked: ExperimentRequest?, number: UInt32, leaseTicks: UInt32
    ) throws(OrderRefusal) -> LoopRequest.Order {
        guard let asked else { throw OrderRefusal("the key \"experiment\" is missing") }
        try checkIsFree()
        var experiment = try experiment(asked)
        experiment.number = number
        return .experiment(experiment, leaseTicks: leaseTicks)
    }

    /// What is asked for within the limits of the loop; without a number.
    private func experiment(_ asked: ExperimentRequest) throws(OrderRefusal) -> Experiment {
        let period = Double(loop.periodMilliseconds) / 1_000
        var experiment = Experiment()
        experiment.rawKind = try kind(asked)
        experiment.amplitude = try amplitude(asked)
        let limit = asked.limitSeconds / period
        guard limit >= 2, limit <= Double(Self.experimentTickLimit) else {
            throw OrderRefusal(
                "limit_s is \(asked.limitSeconds); allowed: \(2 * period) to "
                    + "\(Double(Self.experimentTickLimit) * period)")
        }
        guard asked.settleSeconds >= 0, asked.settleSeconds < asked.limitSeconds else {
            throw OrderRefusal(
                "settle_s is \(asked.settleSeconds); allowed: 0 to below limit_s")
        }
        experiment.limitTicks = UInt32(limit.rounded())
        experiment.settleTicks = UInt32((asked.settleSeconds / period).rounded())
        if experiment.rawKind == ExperimentKind.relay.rawValue {
            try addRelay(asked, to: &experiment)
        }
        try addLimits(asked, periodSeconds: period, to: &experiment)
        return experiment
    }

    private func kind(_ asked: ExperimentRequest) throws(OrderRefusal) -> UInt8 {
        switch asked.kind {
        case "step": return ExperimentKind.step.rawValue
        case "relay": return ExperimentKind.relay.rawValue
        default: throw OrderRefusal("kind is \"\(asked.kind)\"; allowed: step, relay")
        }
    }

    private func amplitude(_ asked: ExperimentRequest) throws(OrderRefusal) -> Q16_16 {
        let span = actuator.high - actuator.low
        guard let amplitude = Q16_16(asked.amplitude), amplitude.bits != 0,
            abs(asked.amplitude) <= span
        else {
            throw OrderRefusal(
                "amplitude is \(asked.amplitude); allowed: not 0, up to \(span) "
                    + "\(actuator.unit.symbol) up or down")
        }
        return amplitude
    }

    private func addRelay(
        _ asked: ExperimentRequest, to experiment: inout Experiment
    ) throws(OrderRefusal) {
        let band = asked.hysteresis ?? 0
        guard let hysteresis = Q16_16(band), band >= 0, band < sensor.high - sensor.low else {
            throw OrderRefusal(
                "hysteresis is \(band); allowed: 0 to \(sensor.high - sensor.low) "
                    + sensor.unit.symbol)
        }
        experiment.hysteresis = hysteresis
        let cycles = asked.cycles ?? 4
        guard cycles >= 2, cycles <= Self.cyclesLimit else {
            throw OrderRefusal("cycles is \(cycles); allowed: 2 to \(Self.cyclesLimit)")
        }
        experiment.switches = UInt16(cycles + Self.furtherSwitches)
    }

    private func addLimits(
        _ asked: ExperimentRequest, periodSeconds: Double, to experiment: inout Experiment
    ) throws(OrderRefusal) {
        let room = Self.distance * (sensor.limitHigh - sensor.limitLow)
        let low = asked.low ?? sensor.limitLow + room
        let high = asked.high ?? sensor.limitHigh - room
        guard low >= sensor.limitLow, high <= sensor.limitHigh, low < high,
            let lowest = Q16_16(low), let highest = Q16_16(high)
        else {
            throw OrderRefusal(
                "the range is \(low) to \(high); allowed: within \(sensor.limitLow) to "
                    + "\(sensor.limitHigh) \(sensor.unit.symbol), the protective limits")
        }
        experiment.low = lowest
        experiment.high = highest
        let rate = asked.ratePerSecond ?? sensor.maxRatePerSecond
        guard rate > 0, rate <= sensor.maxRatePerSecond else {
            throw OrderRefusal(
                "max_rate_per_s is \(rate); allowed: above 0, up to \(sensor.maxRatePerSecond), "
                    + "what the sensor may do")
        }
        let ticks = max(10, (Self.rateSeconds / periodSeconds).rounded())
        experiment.slopeTicks = UInt32(min(ticks, 1e6))
        // A change that the unit cannot hold is none that a sensor could show.
        let change = rate * ticks * periodSeconds
        experiment.slope = Q16_16(change) ?? Q16_16(bits: .max)
    }

    private func checkIsFree() throws(OrderRefusal) {
        guard let record = status?.record else {
            throw OrderRefusal("the loop has not run yet")
        }
        if record.state == SupervisorState.safe.rawValue {
            throw OrderRefusal("the loop is in its safe state")
        }
        if record.experiment.rawKind != 0, record.experimentEnd == 0 {
            throw OrderRefusal("another experiment acts")
        }
    }

    /// - Parameter realPeriodSeconds: of a tick, for which a drill is asked.
    func drill(
        _ request: ControlRequest, realPeriodSeconds: Double
    ) throws(OrderRefusal) -> LoopRequest.Order {
        guard settings.control?.allowsInject == true else {
            throw OrderRefusal("the configuration does not allow it: control.allow_inject")
        }
        let name = request.fault ?? ""
        if name == "none" { return .drill(nil, ticks: 0) }
        guard let kind = Drill.Kind(rawValue: name) else {
            let names = Drill.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw OrderRefusal("the fault is \"\(name)\"; allowed: \(names), none")
        }
        if kind == .interlockOpen, settings.interlocks(ofLoop: index) == 0 {
            throw OrderRefusal("the loop has no interlock")
        }
        let seconds = request.seconds ?? 0
        guard seconds > 0, seconds <= Self.drillSecondsLimit else {
            throw OrderRefusal(
                "duration_s is \(seconds); allowed: above 0, up to \(Self.drillSecondsLimit)")
        }
        let span = sensor.high - sensor.low
        let value = request.offset ?? 0
        guard let offset = Q16_16(value), abs(value) <= span,
            (value != 0) == (kind == .sensorOffset)
        else {
            throw OrderRefusal(
                "the offset is \(value); allowed: not 0, up to \(span) up or down, for "
                    + "sensor-offset only")
        }
        let ticks = max(1, (seconds / realPeriodSeconds).rounded())
        return .drill(Drill(kind, offset: offset), ticks: UInt32(min(ticks, 4e9)))
    }
}
