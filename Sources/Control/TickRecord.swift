public import FixedPoint

/// Everything one tick of one loop read, decided and drove: what a record keeps and a replay
/// compares.
///
/// Fixed size, no pointers: it is copied through the ring as bytes. The first group is what the
/// tick was given; given the same, the second group comes out bit for bit on any machine. The third
/// group is timing, which no decision uses.
public struct TickRecord: BitwiseCopyable, Equatable, Sendable {
    // MARK: Given

    /// Index of the tick since the loop started; a missed period skips an index.
    public var tick: UInt64 = 0
    /// The tick's deadline on the loop's clock in nanoseconds: CLOCK_MONOTONIC, or simulated time.
    public var timeNanoseconds: UInt64 = 0
    /// When the reading was taken, on the same clock; 0 when there is none.
    public var readingTimeNanoseconds: UInt64 = 0
    /// The reading in the sensor's unit; meaningless when `readFault` is not 0.
    public var reading = Q16_16(bits: 0)
    /// The setpoint asked for by the operator or the profile, before the ramp.
    public var target = Q16_16(bits: 0)
    /// Whole periods missed just before this tick.
    public var missedPeriods: UInt32 = 0
    /// Raw value of the `SensorFault` of the read, 0 for none.
    public var readFault: UInt8 = 0
    /// Raw value of the `ActuatorFault` that the actuator reported before this tick, 0 for none.
    public var actuatorFault: UInt8 = 0
    /// Index of the loop in the configuration.
    public var loop: UInt8 = 0
    /// The law asked for: raw value of `SupervisorState`.
    public var requestedState: UInt8 = 0
    /// 1 when the operator's command was given.
    public var isManual: UInt8 = 0
    /// What a fault drill altered in the inputs: a set of `DrillMark`s.
    public var drills: UInt8 = 0
    /// The operator's command in the actuator's unit; 0 when there is none.
    public var manual = Q16_16(bits: 0)
    /// The experiment asked for.
    public var experiment = Experiment()
    /// When the second sensor's reading was taken, on the same clock; 0 when there is none.
    public var checkReadingTimeNanoseconds: UInt64 = 0
    /// The second sensor's reading, in the sensor's unit; meaningless when `checkFault` is not 0.
    public var checkReading = Q16_16(bits: 0)
    /// Raw value of the `SensorFault` of the second sensor's read, 0 for none.
    public var checkFault: UInt8 = 0
    /// Bit n: interlock n, which concerns this loop, was open.
    public var interlocksOpen: UInt8 = 0
    /// Bit n: interlock n, which concerns this loop, was not read or too old.
    public var interlocksLost: UInt8 = 0
    /// Raw value of `OuterState`: what the loop outside of a cascade does.
    public var outer: UInt8 = 0
    /// 1 when the loop inside of a cascade does not follow.
    public var isTracking: UInt8 = 0
    /// The loop inside is at its end: bit 0 above, bit 1 below.
    public var limited: UInt8 = 0
    /// Raw value of the `SensorFault` of the read of the feed-forward's sensor, 0 for none.
    public var feedFault: UInt8 = 0
    /// Where the loop inside is, in the output's unit; 0 when it follows.
    public var tracking = Q16_16(bits: 0)
    /// The reading of the feed-forward's sensor, in its unit; meaningless when `feedFault` is not 0.
    public var feedReading = Q16_16(bits: 0)
    /// When that reading was taken, on the same clock; 0 when there is none.
    public var feedReadingTimeNanoseconds: UInt64 = 0

    // MARK: Decided

    /// Raw value of the `SensorFault` after the plausibility checks, 0 for a good measurement.
    public var sensorFault: UInt8 = 0
    /// Raw value of `SupervisorState`.
    public var state: UInt8 = 0
    /// Raw value of `SupervisorCause`.
    public var cause: UInt8 = 0
    /// 1 while the safe state is latched and needs the operator.
    public var latched: UInt8 = 0
    /// Raw value of `CommandSource`.
    public var source: UInt8 = 0
    /// Raw value of the `ExperimentEnd` of the experiment asked for, 0 while it acts.
    public var experimentEnd: UInt8 = 0
    /// Age of the estimate in ticks: 0 when this tick's measurement was good.
    public var estimateAgeTicks: UInt32 = 0
    /// The estimate of the measured quantity, in the sensor's unit.
    public var estimate = Q16_16(bits: 0)
    /// The setpoint after ramp and profile, in the sensor's unit.
    public var setpoint = Q16_16(bits: 0)
    /// What the PID commands, as a fraction of the output range.
    public var pidCommand = Q3_28(bits: 0)
    /// What the learned law commands, as a fraction of the output range.
    public var learnedCommand = Q3_28(bits: 0)
    /// What was applied after the limiter, as a fraction of the output range.
    public var applied = Q3_28(bits: 0)
    /// What was applied, in the actuator's unit.
    public var output = Q16_16(bits: 0)
    /// What the feed-forward adds to the command, as a fraction of the output range.
    public var feedForward = Q3_28(bits: 0)
    /// Raw value of `FeedForwardState`.
    public var feedForwardState: UInt8 = 0
    /// The integrator cell of the learned law, as a fraction of the output range.
    public var integrator = Q3_28(bits: 0)
    /// Mean input, forget and output gate over the units of the learned law, in Q15 (32768 is 1).
    public var inputGate: UInt16 = 0
    public var forgetGate: UInt16 = 0
    public var outputGate: UInt16 = 0
    /// Arithmetic saturations of the learned law in this tick, at most 65535.
    public var saturations: UInt16 = 0

    // MARK: Timing

    /// How late the tick began after its deadline.
    public var latenessNanoseconds: UInt64 = 0
    /// How long the tick took, from its beginning to the end of `drive`.
    public var stepNanoseconds: UInt64 = 0

    public init() {}
}
