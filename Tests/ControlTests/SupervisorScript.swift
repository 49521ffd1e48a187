import Control

/// Inputs by name, so that a rule can be told as a sequence.
extension SupervisorInput {
    /// A tick in which nothing is wrong and the learned law is asked for.
    static let good = SupervisorInput(
        isKnown: true, ageTicks: 0, isAboveLimit: false, isBelowLimit: false,
        isSuspectHigh: false, isSuspectLow: false, hasActuatorFault: false, isLawPlausible: true,
        isOverrun: false, requested: .learned,
        elapsedTicks: 1)
    static let unknown = good.with {
        $0.isKnown = false; $0.ageTicks = 1
    }
    static let hot = good.with { $0.isAboveLimit = true }
    static let cold = good.with { $0.isBelowLimit = true }
    /// Ticks since the last good measurement, and an implausible reading at a limit.
    static func suspectHigh(_ age: UInt32) -> SupervisorInput {
        silent(age).with { $0.isSuspectHigh = true }
    }
    static func suspectLow(_ age: UInt32) -> SupervisorInput {
        silent(age).with { $0.isSuspectLow = true }
    }
    static let faulty = good.with { $0.hasActuatorFault = true }
    static let implausible = good.with { $0.isLawPlausible = false }
    static let stuck = good.with { $0.findings.isSensorStuck = true }
    static let disagreeing = good.with { $0.findings.isDisagreeing = true }
    static let unresponsive = good.with { $0.findings.isUnresponsive = true }
    static let uncommanded = good.with { $0.findings.isUncommanded = true }
    static let open = good.with { $0.findings.isInterlockOpen = true }
    static let lost = good.with { $0.findings.isInterlockLost = true }
    static let stopped = open.with { $0.findings.isInterlockLatching = true }
    static let cut = lost.with { $0.findings.isInterlockLatching = true }
    static let outside = good.with { $0.findings.isOuterSafe = true }
    static let awaited = good.with { $0.findings.isOuterAwaited = true }
    static let late = good.with { $0.isOverrun = true }

    static func silent(_ age: UInt32) -> SupervisorInput {
        good.with { $0.ageTicks = age }
    }

    func with(_ change: (inout SupervisorInput) -> Void) -> SupervisorInput {
        var input = self
        change(&input)
        return input
    }

    func asking(_ state: SupervisorState) -> SupervisorInput {
        with { $0.requested = state }
    }
}

extension SupervisorLimits {
    static let small = SupervisorLimits(
        bridgeTicks: 1, recoverTicks: 2, retryTicks: 3, actuatorFaultTicks: 1,
        implausibleTicks: 2, overrunTicks: 2, overrunWindowTicks: 2)

    func with(_ change: (inout SupervisorLimits) -> Void) -> SupervisorLimits {
        var limits = self
        change(&limits)
        return limits
    }
}

extension Supervisor {
    /// A supervisor that has seen these ticks.
    init(_ limits: SupervisorLimits = .small, after inputs: [SupervisorInput]) {
        self.init(limits: limits)
        run(inputs)
    }

    mutating func run(_ inputs: [SupervisorInput]) {
        for input in inputs { update(input) }
    }

    /// The states after each of these ticks.
    mutating func states(_ inputs: [SupervisorInput]) -> [SupervisorState] {
        inputs.map {
            update($0)
            return state
        }
    }
}
