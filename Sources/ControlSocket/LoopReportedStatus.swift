package import Realtime

/// One loop in its last tick. Names of states and causes are those of the record.
package struct LoopReportedStatus: Codable, Equatable, Sendable {
    package var name: String
    /// What was asked for.
    package var mode: String
    /// What the supervisor decided, and why.
    package var state: String
    package var cause: String
    package var isLatched: Bool
    /// Where the command came from: `law`, `manual`, `step` or `relay`.
    package var source: String
    package var tick: UInt64
    package var unit: String
    package var outputUnit: String
    package var setpoint: Double
    package var target: Double
    /// The target is the operator's and not the configuration's.
    package var isOperatorTarget: Bool
    package var estimate: Double
    package var estimateAgeTicks: UInt32
    package var sensorFault: String
    package var actuatorFault: String
    package var output: Double
    /// What the PID would drive, and the learned law if there is one.
    package var pidOutput: Double
    package var learnedOutput: Double?
    /// The number of the experiment asked for, and why it ended if it has.
    package var experiment: UInt32?
    package var experimentEnd: String?
    /// The drill that is on.
    package var injected: String?
    package var latenessSeconds: Double
    /// The rule that holds the safe state, with its figures.
    package var reason: String?
    /// The interlocks that do not permit.
    package var interlocks: [String]?
    /// What the feed-forward adds to the output, and whether it acts.
    package var feedForward: Double?
    package var feedForwardState: String?
    /// The loop's part of the ticks since the start, in time.
    package var step: TimeSummary?
    package var stepBuckets: [TimeBucket]?

    package enum CodingKeys: String, CodingKey {
        case name, mode, state, cause, source, tick, unit, setpoint, target, estimate, output
        case experiment, injected, reason, interlocks, step
        case isLatched = "latched"
        case outputUnit = "output_unit"
        case isOperatorTarget = "operator_target"
        case estimateAgeTicks = "estimate_age_ticks"
        case sensorFault = "sensor_fault"
        case actuatorFault = "actuator_fault"
        case pidOutput = "pid_output"
        case learnedOutput = "learned_output"
        case experimentEnd = "experiment_end"
        case latenessSeconds = "lateness_s"
        case feedForward = "feed_forward"
        case feedForwardState = "feed_forward_state"
        case stepBuckets = "step_histogram"
    }

    package init(
        name: String, mode: String, state: String, cause: String, isLatched: Bool,
        source: String, tick: UInt64, unit: String, outputUnit: String, setpoint: Double,
        target: Double, isOperatorTarget: Bool, estimate: Double, estimateAgeTicks: UInt32,
        sensorFault: String, actuatorFault: String, output: Double, pidOutput: Double,
        latenessSeconds: Double
    ) {
        self.name = name
        self.mode = mode
        self.state = state
        self.cause = cause
        self.isLatched = isLatched
        self.source = source
        self.tick = tick
        self.unit = unit
        self.outputUnit = outputUnit
        self.setpoint = setpoint
        self.target = target
        self.isOperatorTarget = isOperatorTarget
        self.estimate = estimate
        self.estimateAgeTicks = estimateAgeTicks
        self.sensorFault = sensorFault
        self.actuatorFault = actuatorFault
        self.output = output
        self.pidOutput = pidOutput
        self.latenessSeconds = latenessSeconds
    }
}
