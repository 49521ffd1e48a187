public import FixedPoint

/// Everything a tick is given from outside. The same inputs in the same order give the same
/// commands, bit for bit: this is what a replay feeds.
@frozen
public struct TickInput: BitwiseCopyable, Equatable, Sendable {
    public var tick: UInt64
    /// The tick's deadline on the loop's clock.
    public var timeNanoseconds: UInt64
    /// Whole periods missed just before this tick.
    public var missedPeriods: UInt32
    /// The newest reading, or nothing.
    public var reading: Reading?
    /// Why there is no reading.
    public var readFault: SensorFault?
    /// What the actuator reported after the last command.
    public var actuatorFault: ActuatorFault?
    /// The setpoint asked for, before the ramp.
    public var target: Q16_16
    /// The law asked for, or `.safe`.
    public var requested: SupervisorState
    /// The operator's command in the actuator's unit, which acts in place of a law.
    public var manual: Q16_16?
    /// The experiment asked for, which acts in place of a law or of the operator's command.
    public var experiment: Experiment?
    /// What a fault drill altered in this tick's inputs: a set of `DrillMark`s. No decision uses
    /// it.
    public var drills: UInt8
    /// Bit n: interlock n, which concerns this loop, is open.
    public var interlocksOpen: UInt8 = 0
    /// Bit n: interlock n, which concerns this loop, is not read or too old.
    public var interlocksLost: UInt8 = 0
    /// What the second sensor says; meaningless with `checkFault`, or when there is none.
    public var check = Reading(value: Q16_16(bits: 0), timeNanoseconds: 0)
    /// Why the second sensor says nothing.
    public var checkFault: SensorFault?
    /// What the sensor of the feed-forward says; meaningless with `feedFault`, or when there is none.
    public var feed = Reading(value: Q16_16(bits: 0), timeNanoseconds: 0)
    /// Why the sensor of the feed-forward says nothing.
    public var feedFault: SensorFault?
    /// What the other loops of a cascade say.
    public var cascade = CascadeInput()

    public init(
        tick: UInt64, timeNanoseconds: UInt64, missedPeriods: UInt32, reading: Reading?,
        readFault: SensorFault?, actuatorFault: ActuatorFault?, target: Q16_16,
        requested: SupervisorState, manual: Q16_16? = nil, experiment: Experiment? = nil,
        drills: UInt8 = 0
    ) {
        self.tick = tick
        self.timeNanoseconds = timeNanoseconds
        self.missedPeriods = missedPeriods
        self.reading = reading
        self.readFault = readFault
        self.actuatorFault = actuatorFault
        self.target = target
        self.requested = requested
        self.manual = manual
        self.experiment = experiment
        self.drills = drills
    }

    /// With a reading or with the reason why there is none, never with both or neither: what a
    /// record can say. Only a loop outside of a cascade goes along with another one: an actuator has the
    /// safe level in the safe state, whatever is given.
    func normalised(isOuter: Bool) -> TickInput {
        var input = self
        if !isOuter {
            input.cascade.tracking = nil
            input.cascade.isLimitedHigh = false
            input.cascade.isLimitedLow = false
        }
        if input.readFault != nil {
            input.reading = nil
        } else if input.reading == nil {
            input.readFault = .stale
        }
        if input.checkFault != nil {
            input.check = Reading(value: Q16_16(bits: 0), timeNanoseconds: 0)
        }
        if input.feedFault != nil {
            input.feed = Reading(value: Q16_16(bits: 0), timeNanoseconds: 0)
        }
        return input
    }

    /// The inputs that a record holds; `nil` when a raw value in it is none of ours.
    public init?(replaying record: TickRecord) {
        guard let requested = SupervisorState(rawValue: record.requestedState) else { return nil }
        let readFault = SensorFault(rawValue: record.readFault)
        let actuatorFault = ActuatorFault(rawValue: record.actuatorFault)
        let checkFault = SensorFault(rawValue: record.checkFault)
        let feedFault = SensorFault(rawValue: record.feedFault)
        guard readFault != nil || record.readFault == 0,
            actuatorFault != nil || record.actuatorFault == 0,
            checkFault != nil || record.checkFault == 0, record.isManual <= 1,
            feedFault != nil || record.feedFault == 0,
            let cascade = CascadeInput(replaying: record),
            record.experiment.kind != nil || record.experiment == Experiment()
        else { return nil }
        let reading = Reading(
            value: record.reading, timeNanoseconds: record.readingTimeNanoseconds)
        self.init(
            tick: record.tick, timeNanoseconds: record.timeNanoseconds,
            missedPeriods: record.missedPeriods, reading: readFault == nil ? reading : nil,
            readFault: readFault, actuatorFault: actuatorFault, target: record.target,
            requested: requested, manual: record.isManual != 0 ? record.manual : nil,
            experiment: record.experiment.kind != nil ? record.experiment : nil,
            drills: record.drills)
        interlocksOpen = record.interlocksOpen
        interlocksLost = record.interlocksLost
        check = Reading(
            value: record.checkReading, timeNanoseconds: record.checkReadingTimeNanoseconds)
        self.checkFault = checkFault
        feed = Reading(
            value: record.feedReading, timeNanoseconds: record.feedReadingTimeNanoseconds)
        self.feedFault = feedFault
        self.cascade = cascade
    }
}
