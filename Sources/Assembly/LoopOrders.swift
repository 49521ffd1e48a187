package import Control
package import FixedPoint

/// What has been asked of a loop, as the control thread keeps it from tick to tick.
///
/// It only fills in the inputs of the tick: the record has them, and a replay needs nothing else.
package struct LoopOrders: BitwiseCopyable, Sendable {
    /// The law of the configuration.
    private var configured: SupervisorState
    package private(set) var mode = OperatingMode.auto
    /// The operator's setpoint, in place of the configured ones.
    package private(set) var setpoint: Q16_16?
    package private(set) var experiment: Experiment?
    package private(set) var drill: Drill?
    /// Sequence of the last request that is in force.
    package private(set) var acknowledged: UInt64 = 0
    /// Sequence of the last request that was refused: it had been checked against the configuration
    /// before.
    package private(set) var refused: UInt64 = 0
    /// The protective ones since a reload; before one every request was checked against them.
    private var limitLow: Q16_16?
    private var limitHigh: Q16_16?

    private var command = Q16_16(bits: 0)
    private var leaseTicks: UInt32 = 0
    /// Until the lease ends.
    private var leaseLeft: UInt32 = 0
    /// Until the drill is over.
    private var drillLeft: UInt32 = 0

    /// - Parameter mode: at the start.
    package init(configured: SupervisorState, mode: OperatingMode = .auto) {
        self.configured = configured
        self.mode = mode
    }

    /// Takes over another configuration between two ticks. An experiment, whose limits were those of
    /// before, is withdrawn, and so is an operator's setpoint at or beyond the new ones.
    package mutating func revise(configured: SupervisorState, limits: ClosedRange<Q16_16>) {
        self.configured = configured
        limitLow = limits.lowerBound
        limitHigh = limits.upperBound
        experiment = nil
        if let asked = setpoint, !isWithin(asked, asked) { setpoint = nil }
    }

    /// Whether values lie between the protective limits, and not at them.
    private func isWithin(_ low: Q16_16, _ high: Q16_16) -> Bool {
        guard let limitLow, let limitHigh else { return true }
        return low > limitLow && high < limitHigh
    }

    /// Whether a request that was on its way during a reload asks for what the new limits forbid.
    private func isForbidden(_ order: LoopRequest.Order) -> Bool {
        switch order {
        case .setpoint(let asked): asked.map { !isWithin($0, $0) } ?? false
        case .experiment(let asked, _): !isWithin(asked.low, asked.high)
        case .mode, .renewLease, .abort, .drill: false
        }
    }

    /// The operator has given the loop a setpoint, or its command: the loop outside of a cascade has no
    /// say then.
    package var isOnItsOwn: Bool { setpoint != nil || mode == .manual }

    /// Takes a request between two ticks.
    package mutating func take(_ request: LoopRequest) {
        acknowledged = request.sequence
        guard !isForbidden(request.order) else {
            refused = request.sequence
            return
        }
        switch request.order {
        case .setpoint(let setpoint): self.setpoint = setpoint
        case .mode(let mode, let command):
            self.mode = mode
            self.command = command
            // Who asks for a law, a command or the safe level wants no experiment.
            experiment = nil
        case .experiment(let experiment, let ticks):
            self.experiment = experiment
            leaseTicks = ticks
            leaseLeft = ticks
        case .renewLease(let number):
            if experiment?.number == number { leaseLeft = leaseTicks }
        case .abort(let number):
            if experiment?.number == number { experiment = nil }
        case .drill(let drill, let ticks):
            self.drill = drill
            drillLeft = ticks
        }
    }

    /// Fills in what was asked for; leases and drills run out here, in ticks, whoever has vanished.
    package mutating func fill(_ input: inout TickInput) {
        let elapsed = input.missedPeriods == .max ? .max : input.missedPeriods &+ 1
        if experiment != nil, Self.runsOut(&leaseLeft, elapsed) { experiment = nil }
        if drill != nil, Self.runsOut(&drillLeft, elapsed) { drill = nil }
        if let setpoint { input.target = setpoint }
        switch mode {
        case .auto: input.requested = configured
        case .learned: input.requested = .learned
        case .pid, .shadow, .manual: input.requested = .fallback
        case .safe: input.requested = .safe
        }
        input.manual = mode == .manual ? command : nil
        input.experiment = experiment
        if let drill { input.drills = drill.mark }
    }

    /// Counts down; true when nothing is left.
    private static func runsOut(_ left: inout UInt32, _ elapsed: UInt32) -> Bool {
        guard left >= elapsed else { return true }
        left &-= elapsed
        return false
    }
}
