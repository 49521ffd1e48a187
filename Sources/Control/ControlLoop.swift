import Estimation
import FixedPoint
public import GatedMemory

/// One loop: from a reading to a command, every tick, without allocation and without throwing.
///
/// `tick` is the loop on hardware or on a simulated plant; `step` is all of it that decides, and is
/// what a replay runs.
public struct ControlLoop: ~Copyable {
    public internal(set) var parameters: LoopParameters

    var plausibility: PlausibilityCheck
    private var tracker = DropoutTracker()
    var ramp: SetpointRamp
    var pid: PID
    var law: LearnedLaw?
    var guards: LoopGuards
    var feedForward: FeedForward?
    var supervisor: Supervisor
    var limiter: OutputLimiter
    private var experiment = ExperimentRun()
    private var source = CommandSource.law
    private var measurement = Q16_16(bits: 0)
    /// The last implausible reading: the same one again is no second witness.
    private var suspect: Reading?
    private var pidCommand = Q3_28.zero
    private var learnedCommand = Q3_28.zero
    private var isLawPlausible = true
    private var actuatorFault: ActuatorFault?
    /// The last tick held its command because of an overrun.
    private var wasHeld = false
    let safeCommand: Q3_28
    /// Ticks for which the laws still wait with the memory of an earlier run; 0 when they do not.
    var resumeTicks: UInt32 = 0
    /// The PID has other gains, the learned law is another one, and has not yet followed.
    var isPIDNew = false
    var isLawNew = false

    /// - Parameter law: `nil` for a loop that only ever runs its PID.
    public init(parameters: LoopParameters, law: consuming LearnedLaw?) {
        self.parameters = parameters
        plausibility = PlausibilityCheck(
            range: parameters.measurementRange, maxRatePerSecond: parameters.maxRatePerSecond,
            maxAgeNanoseconds: parameters.maxAgeNanoseconds)
        ramp = SetpointRamp(stepPerTick: parameters.rampPerTick)
        // Both laws begin at the safe level, which is what acts before them: at the lower end of the
        // range an actuator with two directions would start in full reverse.
        let start = parameters.outputRange.fraction(of: parameters.safeLevel)
        safeCommand = start
        pid = PID(parameters: parameters.pid, start: start)
        self.law = law
        self.law?.start(at: start)
        guards = LoopGuards(parameters.guards)
        feedForward = parameters.feedForward.map { FeedForward($0) }
        supervisor = Supervisor(limits: parameters.supervisor)
        limiter = OutputLimiter(slewPerTick: parameters.slewPerTick, start: start)
    }

    /// One tick: read, decide, drive.
    ///
    /// - Parameter context: time, target and request of this tick; its reading and faults are
    ///   filled in here.
    /// - Complexity: bounded by the shape of the network; no allocation, no lock, no system call of
    ///   its own.
    @inlinable
    public mutating func tick<S: Sensor & ~Copyable, A: Actuator & ~Copyable>(
        _ context: TickInput, sensor: inout S, actuator: inout A
    ) -> TickRecord {
        var input = context
        do throws(SensorFault) {
            input.reading = try sensor.read()
            input.readFault = nil
        } catch {
            input.reading = nil
            input.readFault = error
        }
        input.actuatorFault = pendingActuatorFault
        let record = step(input)
        do throws(ActuatorFault) {
            try actuator.drive(record.output)
            pendingActuatorFault = nil
        } catch {
            pendingActuatorFault = error
        }
        return record
    }

    /// What the actuator reported after the last command; given to the next tick.
    @usableFromInline var pendingActuatorFault: ActuatorFault? {
        get { actuatorFault }
        set { actuatorFault = newValue }
    }

    /// All that decides: inputs in, a record with the command out. Pure but for the loop's own
    /// state.
    @inline(never)
    public mutating func step(_ given: TickInput) -> TickRecord {
        let input = given.normalised(isOuter: parameters.isOuter)
        let elapsed = input.missedPeriods == .max ? .max : input.missedPeriods &+ 1
        var sensorFault = input.readFault
        let fresh = accept(input, &sensorFault)
        if let fresh { measurement = fresh }
        let range = parameters.measurementRange
        let estimate = tracker.update(
            fresh.map { range.fraction(of: $0) }, elapsedTicks: elapsed)
        let setpoint = ramp.advance(
            to: input.target, measurement: estimate.isKnown ? measurement : nil,
            elapsedTicks: elapsed)

        let wasSafe = supervisor.state == .safe
        let added =
            feedForward?.update(
                input.feedFault == nil ? input.feed : nil, now: input.timeNanoseconds,
                isSafe: wasSafe) ?? .zero
        let hasExpired = hasCommandExpired(input, elapsedTicks: elapsed)
        if hasExpired { resumeFromSafeLevel(added) }
        let isOverrun = input.missedPeriods > 0
        // One tick, not one after the other: a loop that always overruns must not hold for ever.
        wasHeld = isOverrun && parameters.holdsOnOverrun && !wasHeld
        let computes = estimate.ageTicks == 0 && !wasHeld
        // After missed periods the change since the last measurement is not that of one tick.
        if resumeTicks > 0 {
            waitToResume(isReady: computes, elapsedTicks: elapsed)
        } else if isOverrun || !computes {
            forgetSlopes(estimate)
        }
        if computes {
            updateLaws(setpoint: range.fraction(of: setpoint), measurement: estimate.value)
        }
        let rejected = newSuspect(input, sensorFault)
        let findings = guards.update(
            GuardInput(
                measurement: fresh, setpoint: wasSafe || source != .law ? nil : setpoint,
                applied: limiter.applied, elapsedTicks: elapsed, isSafe: wasSafe,
                isCleared: input.requested == .safe, isRestarted: hasExpired),
            input)
        supervise(input, estimate, rejected, findings, elapsed: elapsed)
        if supervisor.state == .safe { ramp.restart() }
        let replacement = replacement(input, fresh)
        let applied = apply(replacement, adding: added, input.cascade, isHeld: !computes)

        var record = TickRecord()
        fill(&record, input)
        record.sensorFault = sensorFault?.rawValue ?? 0
        record.estimateAgeTicks = estimate.ageTicks
        record.estimate = range.value(at: estimate.value)
        record.setpoint = setpoint
        record.applied = applied
        // The safe level as it was configured, not as the map to fractions and back rounds it.
        record.output =
            supervisor.state == .safe && input.cascade.tracking == nil
            ? parameters.safeLevel : parameters.outputRange.value(at: applied)
        return record
    }

    /// The measurement of this tick, or nothing and the reason.
    private mutating func accept(_ input: TickInput, _ fault: inout SensorFault?) -> Q16_16? {
        guard let reading = input.reading else { return nil }
        do {
            return try plausibility.accept(reading, now: input.timeNanoseconds)
        } catch {
            fault = error
            return nil
        }
    }

    /// Whether the output has gone to the safe level because the last command grew too old: the
    /// actuator says so, or the loop was silent for that long. What it says comes a tick late.
    private func hasCommandExpired(_ input: TickInput, elapsedTicks: UInt32) -> Bool {
        input.actuatorFault == .expired
            || input.missedPeriods > 0 && elapsedTicks >= parameters.supervisor.actuatorFaultTicks
    }

    /// The plant has had the safe level: an old command would be a step for it. Slew and laws go on
    /// from there.
    private mutating func resumeFromSafeLevel(_ added: Q3_28) {
        limiter.jump(to: safeCommand)
        guard resumeTicks == 0 else { return }
        let share = safeCommand.less(added)
        pid.settle(applied: share, isActing: false)
        law?.settle(applied: share, isActing: false)
    }

    /// A reading that is young enough but implausible, when it is not the one of the tick before.
    ///
    /// It is no measurement, but it may be true: at a protective limit it counts.
    private mutating func newSuspect(_ input: TickInput, _ fault: SensorFault?) -> Q16_16? {
        guard let reading = input.reading, fault == .outOfRange || fault == .tooFast,
            reading != suspect
        else { return nil }
        suspect = reading
        return reading.value
    }

    private mutating func forgetSlopes(_ estimate: Estimate) {
        pid.forgetSlope()
        law?.forgetSlope()
        if estimate.ageTicks > parameters.supervisor.bridgeTicks {
            pid.reset()
            law?.reset()
        }
    }

    /// Both laws compute in every tick; which one acts is the supervisor's business.
    private mutating func updateLaws(setpoint: Q3_28, measurement: Q3_28) {
        pidCommand = pid.update(setpoint: setpoint, measurement: measurement)
        learnedCommand =
            law?.update(setpoint: setpoint, measurement: measurement) ?? .zero
        switch law {
        case .none: isLawPlausible = false
        case .some(let law):
            isLawPlausible = law.isPlausible(setpoint: setpoint, measurement: measurement)
        }
    }

    private mutating func supervise(
        _ input: TickInput, _ estimate: Estimate, _ rejected: Q16_16?,
        _ findings: GuardFindings, elapsed: UInt32
    ) {
        let isLearnable = law != nil
        let requested =
            input.requested == .learned && !isLearnable ? .fallback : input.requested
        supervisor.update(
            SupervisorInput(
                isKnown: estimate.isKnown, ageTicks: estimate.ageTicks,
                isAboveLimit: estimate.isKnown && measurement >= parameters.limitHigh
                    || findings.isAboveLimit,
                isBelowLimit: estimate.isKnown && measurement <= parameters.limitLow
                    || findings.isBelowLimit,
                isSuspectHigh: rejected.map { $0 >= parameters.limitHigh } ?? false,
                isSuspectLow: rejected.map { $0 <= parameters.limitLow } ?? false,
                hasActuatorFault: input.actuatorFault != nil, isLawPlausible: isLawPlausible,
                isOverrun: input.missedPeriods > 0, requested: requested, elapsedTicks: elapsed,
                findings: findings))
    }

    /// The command that acts in place of a law: the experiment's, else where the loop inside of a
    /// cascade is that does not follow, else the operator's.
    ///
    /// Both laws compute on and follow what is applied, so that the way back moves nothing.
    private mutating func replacement(_ input: TickInput, _ fresh: Q16_16?) -> Q3_28? {
        let isSafe = supervisor.state == .safe
        let command = experiment.update(
            input.experiment,
            ExperimentInput(
                measurement: fresh,
                hasActuatorFault: input.actuatorFault != nil || input.cascade.tracking != nil,
                isOverrun: input.missedPeriods > 0, isSafe: isSafe, applied: limiter.applied),
            range: parameters.outputRange)
        if command != nil {
            source = input.experiment?.kind == .relay ? .relay : .step
            return command
        }
        if let tracked = input.cascade.tracking {
            source = .tracking
            return parameters.outputRange.fraction(of: tracked)
        }
        guard !isSafe, let manual = input.manual else {
            source = .law
            return nil
        }
        source = .manual
        return parameters.outputRange.fraction(of: manual)
    }

    /// The gates of unit `index` of the learned law in the last tick; `nil` without one.
    ///
    /// - Precondition: the law's network has that unit.
    public func gates(_ index: Int) -> UnitGates? {
        switch law {
        case .none: nil
        case .some(let law): law.gates(index)
        }
    }

    /// Chooses the command, limits it, and tells both laws what was applied.
    ///
    /// A law is told its own share: what was applied without what the feed-forward adds. So both the
    /// anti-windup and a transfer see the sum.
    private mutating func apply(
        _ replacement: Q3_28?, adding added: Q3_28, _ cascade: CascadeInput, isHeld: Bool
    ) -> Q3_28 {
        let state = supervisor.state
        let isFollowing = replacement == nil && isActingLawNew
        if source == .tracking, let replacement {
            // Nothing moves by it, so that it needs no slew rate, and no estimate.
            limiter.jump(to: min(max(replacement, .zero), .one))
        } else if state == .safe {
            limiter.jump(to: safeCommand)
        } else if isHeld {
            // The operator's command needs no estimate.
            if let replacement { limiter.apply(replacement) }
            // A law that did not compute must not settle either: it would integrate an old command.
            return limiter.applied
        } else if !isFollowing {
            let command = state == .learned ? learnedCommand : pidCommand
            limiter.apply(replacement ?? bounded(command.plus(added), cascade))
        }
        let applied = limiter.applied
        // Laws that wait keep what they bring along.
        guard resumeTicks == 0 else { return applied }
        let lawActs = replacement == nil && !isFollowing
        let share = applied.less(added)
        pid.settle(applied: share, isActing: lawActs && state == .fallback)
        law?.settle(applied: share, isActing: lawActs && state == .learned)
        isPIDNew = false
        isLawNew = false
        return applied
    }

    /// No further towards an end at which the loop inside already is: the law's integrator sees the
    /// difference as it sees that of an output at its end.
    private func bounded(_ command: Q3_28, _ cascade: CascadeInput) -> Q3_28 {
        let applied = limiter.applied
        let lowered = cascade.isLimitedHigh && command > applied ? applied : command
        return cascade.isLimitedLow && lowered < applied ? applied : lowered
    }

    private func fill(_ record: inout TickRecord, _ input: TickInput) {
        record.tick = input.tick
        record.timeNanoseconds = input.timeNanoseconds
        record.missedPeriods = input.missedPeriods
        record.reading = input.reading?.value ?? Q16_16(bits: 0)
        record.readingTimeNanoseconds = input.reading?.timeNanoseconds ?? 0
        record.readFault = input.readFault?.rawValue ?? 0
        record.actuatorFault = input.actuatorFault?.rawValue ?? 0
        record.target = input.target
        record.requestedState = input.requested.rawValue
        record.isManual = input.manual == nil ? 0 : 1
        record.manual = input.manual ?? Q16_16(bits: 0)
        record.experiment = input.experiment ?? Experiment()
        record.drills = input.drills
        record.checkReadingTimeNanoseconds = input.check.timeNanoseconds
        record.checkReading = input.check.value
        record.checkFault = input.checkFault?.rawValue ?? 0
        record.interlocksOpen = input.interlocksOpen
        record.interlocksLost = input.interlocksLost
        record.outer = input.cascade.outer.rawValue
        record.isTracking = input.cascade.tracking == nil ? 0 : 1
        record.limited = input.cascade.limits
        record.tracking = input.cascade.tracking ?? Q16_16(bits: 0)
        record.feedFault = input.feedFault?.rawValue ?? 0
        record.feedReading = input.feed.value
        record.feedReadingTimeNanoseconds = input.feed.timeNanoseconds
        record.feedForward = feedForward?.added ?? .zero
        record.feedForwardState = feedForward?.state.rawValue ?? 0
        record.loop = parameters.index
        record.state = supervisor.state.rawValue
        record.cause = supervisor.cause.rawValue
        record.latched = supervisor.isLatched ? 1 : 0
        record.source = source.rawValue
        record.experimentEnd = experiment.end?.rawValue ?? 0
        record.pidCommand = pidCommand
        record.learnedCommand = learnedCommand
        switch law {
        case .none: return
        case .some(let law): law.fill(&record)
        }
    }
}
