import Control
import FixedPoint
import ModelFile
import Testing

/// A sensor that says what it is told to, or throws it.
struct FakeSensor: Sensor {
    var reading = Reading(value: Q16_16(bits: 0), timeNanoseconds: 0)
    var fault: SensorFault?
    private(set) var reads = 0

    mutating func read() throws(SensorFault) -> Reading {
        reads += 1
        if let fault { throw fault }
        return reading
    }
}

/// An actuator that writes down every command, and throws what it is told to.
struct FakeActuator: Actuator {
    var fault: ActuatorFault?
    private(set) var trace: [Q16_16] = []

    mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        trace.append(output)
        if let fault { throw fault }
    }
}

/// A loop between fake ports, with a clock of one second a tick.
///
/// Readings 0 ... 120 C with limits at -5 and 90 C, output 0 ... 100 %, safe at 0 %. A bridge of 3
/// ticks, 5 good ticks of recovery, 10 of retry, 2 ticks of actuator faults.
struct LoopBench {
    static let period: UInt64 = 1_000_000_000
    static let gains = PIDParameters(kp: 1.5, ki: 0.01, tracking: 0.01)

    let instance: ControllerInstance
    var sensor = FakeSensor()
    var actuator = FakeActuator()
    var target = Q16_16(bits: 50 << 16)
    var requested: SupervisorState
    var manual: Q16_16?
    var experiment: Experiment?
    var interlocksOpen: UInt8 = 0
    var interlocksLost: UInt8 = 0
    /// What the second sensor says in the next ticks, as of now.
    var check: Q16_16?
    var checkFault: SensorFault?
    /// What the sensor of the feed-forward says in the next ticks, as of now.
    var feed: Q16_16?
    var feedFault: SensorFault?
    var cascade = CascadeInput()
    private(set) var records: [TickRecord] = []
    private(set) var tick: UInt64 = 10
    private(set) var time: UInt64 = 10 * period

    init(
        _ law: SupervisorState = .fallback, gains: PIDParameters = LoopBench.gains,
        change: (inout LoopParameters) -> Void = { _ in }
    ) throws {
        let model = law == .learned ? try Model(pid: gains, periodSeconds: 1) : nil
        try self.init(requested: law, model: model, parameters: Self.parameters(gains, change))
    }

    init(requested: SupervisorState, model: Model?, parameters: LoopParameters) throws {
        self.requested = requested
        instance = try ControllerInstance(parameters: parameters, model: model)
    }

    static func parameters(
        _ gains: PIDParameters, _ change: (inout LoopParameters) -> Void = { _ in }
    ) throws -> LoopParameters {
        let zero = Q16_16(bits: 0)
        var parameters = LoopParameters(
            index: 1,
            measurementRange: try #require(
                EngineeringRange(low: zero, high: Q16_16(bits: 120 << 16))),
            limitLow: Q16_16(bits: -5 << 16), limitHigh: Q16_16(bits: 90 << 16),
            maxRatePerSecond: Q16_16(bits: 50 << 16), maxAgeNanoseconds: 5 * period,
            outputRange: try #require(
                EngineeringRange(low: zero, high: Q16_16(bits: 100 << 16))),
            safeLevel: zero, slewPerTick: 1 << 28, rampPerTick: 0, pid: gains,
            supervisor: SupervisorLimits(
                bridgeTicks: 3, recoverTicks: 5, retryTicks: 10, actuatorFaultTicks: 2,
                implausibleTicks: 3, overrunTicks: 0, overrunWindowTicks: 1),
            holdsOnOverrun: false)
        change(&parameters)
        return parameters
    }

    /// One tick with a fresh reading, or with what the sensor was told before.
    @discardableResult
    mutating func tick(_ units: Double? = nil, missed: UInt32 = 0) -> TickRecord {
        tick += 1 + UInt64(missed)
        time += Self.period * (1 + UInt64(missed))
        if let units {
            sensor.reading = Reading(
                value: Q16_16(units) ?? Q16_16(bits: 0), timeNanoseconds: time)
        }
        var input = TickInput(
            tick: tick, timeNanoseconds: time, missedPeriods: missed, reading: nil,
            readFault: nil, actuatorFault: nil, target: target, requested: requested,
            manual: manual, experiment: experiment)
        input.interlocksOpen = interlocksOpen
        input.interlocksLost = interlocksLost
        if let check { input.check = Reading(value: check, timeNanoseconds: time) }
        input.checkFault = checkFault
        if let feed { input.feed = Reading(value: feed, timeNanoseconds: time) }
        input.feedFault = feedFault
        input.cascade = cascade
        let record = instance.loop.tick(input, sensor: &sensor, actuator: &actuator)
        records.append(record)
        return record
    }

    /// Ticks at a constant measurement; returns the last record.
    @discardableResult
    mutating func run(_ ticks: Int, at units: Double) -> TickRecord {
        for _ in 1..<ticks { tick(units) }
        return tick(units)
    }
}

extension TickRecord {
    var lawState: SupervisorState? { SupervisorState(rawValue: state) }
    var origin: CommandSource? { CommandSource(rawValue: source) }
    var end: ExperimentEnd? { ExperimentEnd(rawValue: experimentEnd) }
    var why: SupervisorCause? { SupervisorCause(rawValue: cause) }
}
