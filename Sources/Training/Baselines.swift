package import Episodes
package import Tuning

/// What a law is compared with: PIDs tuned by optimisation and by published rules.
package struct Baselines: Sendable {
    /// PID*, where it was searched for; the same under a limit of the sensitivity, where that was;
    /// then the rules.
    package private(set) var gains: [(name: String, gains: SamplePIDGains)] = []

    package static let optimalName = "pid*"
    package static let limitedName = "pid*_ms1.6"
    /// The better of SIMC-PI and SIMC-PID: no gains of its own.
    package static let betterSIMC = "better_simc"
    private static let rules: [(String, TuningRule)] = [
        ("simc_pi", .simcPI), ("simc_pid", .simcPID), ("amigo_pi", .amigoPI),
        ("amigo_pid", .amigoPID),
    ]

    package init(
        _ family: PlantFamily, optimal: SamplePIDGains?, limited: SamplePIDGains? = nil
    ) throws(TuningFault) {
        if let optimal { gains.append((Self.optimalName, optimal)) }
        if let limited { gains.append((Self.limitedName, limited)) }
        for (name, rule) in Self.rules {
            gains.append((name, try SamplePIDGains(rule, family)))
        }
    }

    package subscript(_ name: String) -> SamplePIDGains? {
        gains.first { $0.name == name }?.gains
    }

    package var optimal: SamplePIDGains? { self[Self.optimalName] }

    /// Those whose better one is the reference: PID* alone, or both SIMC.
    package var references: (name: String, gains: [SamplePIDGains]) {
        if let optimal { return (Self.optimalName, [optimal]) }
        return (Self.betterSIMC, ["simc_pi", "simc_pid"].compactMap { self[$0] })
    }

    /// What a loop falls back on: SIMC-PI.
    package var fallback: SamplePIDGains {
        guard let gains = self["simc_pi"] else {
            preconditionFailure("a rule that is always there")
        }
        return gains
    }
}
