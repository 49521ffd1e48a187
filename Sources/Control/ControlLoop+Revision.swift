/// Other parameters or another law for a loop that runs, between two ticks.
extension ControlLoop {
    /// Exchanges the learned laws of two loops; the memory that they lie in goes with them.
    ///
    /// The law that comes begins at what is applied; without integral action at the safe level, as at
    /// every start.
    public mutating func exchangeLaw(with other: inout ControlLoop) {
        swap(&law, &other.law)
        law?.succeed(applied: limiter.applied, start: safeCommand)
        isLawNew = true
    }

    /// Takes over other parameters; everything that the loop remembers stays: the setpoint on its
    /// ramp, the supervisor with its latch, what was applied.
    ///
    /// A law that acts with other gains holds its command for one tick, in which it follows what is
    /// applied: the change moves nothing. A law without integral action has nothing to follow with;
    /// it goes on at the slew rate.
    /// - Precondition: index, ranges, safe level are those of before: the state is a share of them. The
    ///   level of a loop outside may be another one: it is the loop inside that is safe.
    public mutating func revise(_ new: LoopParameters) {
        precondition(
            new.index == parameters.index && new.measurementRange == parameters.measurementRange
                && new.outputRange == parameters.outputRange
                && (new.safeLevel == parameters.safeLevel || new.isOuter))
        plausibility.maxRatePerSecond = new.maxRatePerSecond
        plausibility.maxAgeNanoseconds = new.maxAgeNanoseconds
        ramp.stepPerTick = new.rampPerTick
        supervisor.limits = new.supervisor
        limiter.slewPerTick = new.slewPerTick
        if new.pid != parameters.pid {
            pid.revise(new.pid, start: safeCommand)
            isPIDNew = true
        }
        if let change = new.feedForward { feedForward?.revise(change) }
        guards.revise(new.guards, from: parameters.guards)
        parameters = new
    }

    /// Whether what acts is a law that has not yet followed what is applied.
    var isActingLawNew: Bool {
        switch supervisor.state {
        case .learned: isLawNew
        case .fallback: isPIDNew
        case .safe: false
        }
    }
}
