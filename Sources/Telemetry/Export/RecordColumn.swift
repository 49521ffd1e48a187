package import Control

/// One column of the table of a record: the one list from which header and rows are made.
package struct RecordColumn: Sendable {
    /// What the header says about the unit.
    package enum Unit: Sendable {
        /// The unit of the loop's sensor or actuator.
        case sensor, output
        case fixed(String)
        case none
    }

    /// As the field of the protobuf message is named.
    package var name: String
    package var unit: Unit
    package var text: @Sendable (TickRecord) -> String

    package static let all: [RecordColumn] =
        given + decided + timing + replaced + guarded
        + cascaded

    private static let given: [RecordColumn] = [
        .init(name: "tick", unit: .none) { "\($0.tick)" },
        .init(name: "time_ns", unit: .fixed("ns")) { "\($0.timeNanoseconds)" },
        .init(name: "reading_time_ns", unit: .fixed("ns")) { "\($0.readingTimeNanoseconds)" },
        .init(name: "reading", unit: .sensor) { "\(TickCoding.value($0.reading))" },
        .init(name: "target", unit: .sensor) { "\(TickCoding.value($0.target))" },
        .init(name: "missed_periods", unit: .none) { "\($0.missedPeriods)" },
        .init(name: "read_fault", unit: .none) { sensorFault($0.readFault) },
        .init(name: "actuator_fault", unit: .none) { actuatorFault($0.actuatorFault) },
        .init(name: "loop", unit: .none) { "\($0.loop)" },
        .init(name: "requested_state", unit: .none) { state($0.requestedState) },
    ]

    private static let decided: [RecordColumn] = [
        .init(name: "sensor_fault", unit: .none) { sensorFault($0.sensorFault) },
        .init(name: "state", unit: .none) { state($0.state) },
        .init(name: "cause", unit: .none) { cause($0.cause) },
        .init(name: "latched", unit: .none) { "\($0.latched)" },
        .init(name: "estimate_age_ticks", unit: .fixed("ticks")) { "\($0.estimateAgeTicks)" },
        .init(name: "estimate", unit: .sensor) { "\(TickCoding.value($0.estimate))" },
        .init(name: "setpoint", unit: .sensor) { "\(TickCoding.value($0.setpoint))" },
        .init(name: "pid_command", unit: .fixed("1")) { "\(TickCoding.value($0.pidCommand))" },
        .init(name: "learned_command", unit: .fixed("1")) {
            "\(TickCoding.value($0.learnedCommand))"
        },
        .init(name: "applied", unit: .fixed("1")) { "\(TickCoding.value($0.applied))" },
        .init(name: "output", unit: .output) { "\(TickCoding.value($0.output))" },
        .init(name: "integrator", unit: .fixed("1")) { "\(TickCoding.value($0.integrator))" },
        .init(name: "input_gate", unit: .fixed("1")) { gate($0.inputGate) },
        .init(name: "forget_gate", unit: .fixed("1")) { gate($0.forgetGate) },
        .init(name: "output_gate", unit: .fixed("1")) { gate($0.outputGate) },
        .init(name: "saturations", unit: .none) { "\($0.saturations)" },
    ]

    private static let timing: [RecordColumn] = [
        .init(name: "lateness_ns", unit: .fixed("ns")) { "\($0.latenessNanoseconds)" },
        .init(name: "step_ns", unit: .fixed("ns")) { "\($0.stepNanoseconds)" },
    ]

    /// What acted in place of a law; behind the rest, where older tables end.
    private static let replaced: [RecordColumn] = [
        .init(name: "source", unit: .none) { source($0.source) },
        .init(name: "is_manual", unit: .none) { "\($0.isManual)" },
        .init(name: "manual", unit: .output) { "\(TickCoding.value($0.manual))" },
        .init(name: "experiment", unit: .none) { experiment($0.experiment) },
        .init(name: "experiment_end", unit: .none) { experimentEnd($0.experimentEnd) },
        .init(name: "drills", unit: .none) { "\($0.drills)" },
    ]

    /// What the guards were given; behind the rest, as above.
    private static let guarded: [RecordColumn] = [
        .init(name: "check_reading_time_ns", unit: .fixed("ns")) {
            "\($0.checkReadingTimeNanoseconds)"
        },
        .init(name: "check_reading", unit: .sensor) { "\(TickCoding.value($0.checkReading))" },
        .init(name: "check_fault", unit: .none) { sensorFault($0.checkFault) },
        .init(name: "interlocks_open", unit: .none) { "\($0.interlocksOpen)" },
        .init(name: "interlocks_lost", unit: .none) { "\($0.interlocksLost)" },
    ]

    /// What a cascade and a feed-forward were given and did; behind the rest, as above. The unit of the
    /// disturbance is that of its sensor in the configuration.
    private static let cascaded: [RecordColumn] = [
        .init(name: "outer", unit: .none) { outer($0.outer) },
        .init(name: "is_tracking", unit: .none) { "\($0.isTracking)" },
        .init(name: "tracking", unit: .output) { "\(TickCoding.value($0.tracking))" },
        .init(name: "limited", unit: .none) { "\($0.limited)" },
        .init(name: "feed_reading_time_ns", unit: .fixed("ns")) {
            "\($0.feedReadingTimeNanoseconds)"
        },
        .init(name: "feed_reading", unit: .none) { "\(TickCoding.value($0.feedReading))" },
        .init(name: "feed_fault", unit: .none) { sensorFault($0.feedFault) },
        .init(name: "feed_forward", unit: .fixed("1")) { "\(TickCoding.value($0.feedForward))" },
        .init(name: "feed_forward_state", unit: .none) { feedForward($0.feedForwardState) },
    ]

    // MARK: Texts. A raw value without a name, from a newer program, is written as its number.

    private static func state(_ raw: UInt8) -> String {
        SupervisorState(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func source(_ raw: UInt8) -> String {
        CommandSource(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    /// The kind and the number; its limits are in the record only.
    private static func experiment(_ experiment: Experiment) -> String {
        let raw = experiment.rawKind
        let kind = experiment.kind.map { "\($0)" } ?? "\(raw)"
        return raw == 0 ? "none" : "\(kind) \(experiment.number)"
    }

    private static func experimentEnd(_ raw: UInt8) -> String {
        raw == 0 ? "none" : ExperimentEnd(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func cause(_ raw: UInt8) -> String {
        SupervisorCause(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func sensorFault(_ raw: UInt8) -> String {
        raw == 0 ? "none" : SensorFault(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func actuatorFault(_ raw: UInt8) -> String {
        raw == 0 ? "none" : ActuatorFault(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func outer(_ raw: UInt8) -> String {
        OuterState(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func feedForward(_ raw: UInt8) -> String {
        FeedForwardState(rawValue: raw).map { "\($0)" } ?? "\(raw)"
    }

    private static func gate(_ bits: UInt16) -> String {
        "\(Double(bits) / TickCoding.gateScale)"
    }
}
