import Assembly
import Configuration
import Control
import FixedPoint
import Simulation
import Testing

/// A step of 29 C on the TCLab's equations, then a step load by its second heater: the figures that
/// a separate program, with a floating-point PI, had for the same scenario and gains.
@Suite("The TCLab scenario against figures of another program")
struct ClassicTests {
    struct Figures {
        var iaeSetpoint = 0.0
        var overshoot = 0.0
        var settling = 0.0
        var iaeLoad = 0.0
        var peak = 0.0
        var variation = 0.0
    }

    struct Rule: Sendable, CustomTestStringConvertible {
        let name: String
        let kp: Double
        let ti: Double
        /// The other program's anti-windup is not known; this tracking time comes nearest to it.
        let tt: Double
        let iaeSetpoint: Double
        let overshoot: Double
        let settling: Double
        let iaeLoad: Double
        let peak: Double
        let variation: Double

        var testDescription: String { name }
    }

    static let rules = [
        Rule(
            name: "AMIGO-PI", kp: 8.5, ti: 70, tt: 24, iaeSetpoint: 1835, overshoot: 0.25,
            settling: 146, iaeLoad: 160, peak: 0.45, variation: 741),
        Rule(
            name: "SIMC-PI", kp: 13.8, ti: 72, tt: 38.5, iaeSetpoint: 1824, overshoot: 0.26,
            settling: 209, iaeLoad: 148, peak: 0.33, variation: 1348),
    ]

    /// Five seeds of another generator: the step hardly depends on them, the load's integral of 0.2
    /// C by some percent, and the variation is mostly noise.
    static let setpointShare = 0.02
    static let loadShare = 0.03
    static let variationShare = 0.08
    static let overshootCelsius = 0.03
    static let peakCelsius = 0.03
    static let settlingSeconds = 10.0

    static func settings(_ rule: Rule, ttSeconds: Double) throws -> Settings {
        try Plain.settings([
            ("period_ms = 500", "period_ms = 1000"), ("\"0.04 C\"", "\"0.043 C\""),
            (
                "[[device]]",
                """
                [[simulation.event]]
                at_s = 10
                kind = "setpoint"
                value = "50 C"
                [[simulation.event]]
                at_s = 600
                kind = "load"
                input = 2
                value = 50.0
                [[device]]
                """
            ),
            ("[\"-20 C\", \"80 C\"]", "[\"0 C\", \"120 C\"]"),
            ("\"2 C/s\"", "\"20 C/s\""),
            ("[\"-50 %\", \"150 %\"]", "[\"0 %\", \"100 %\"]"), ("\"10 %\"", "\"0 %\""),
            ("\"-10 C\"", "\"0 C\""),
            ("\"20 %/s\"", "\"100 %/s\""), ("setpoint = \"50 C\"", "setpoint = \"21 C\""),
            ("4 %/C", "\(rule.kp) %/C"),
            ("ti_s = 20.0", "ti_s = \(rule.ti)\ntt_s = \(ttSeconds)"),
        ])
    }

    /// The mean over five seeds.
    static func figures(_ rule: Rule, ttSeconds: Double, law: Law) throws -> Figures {
        let settings = try settings(rule, ttSeconds: ttSeconds)
        var mean = Figures()
        for seed in 1...5 as ClosedRange<UInt64> {
            let one = try figures(settings, seed: seed, law: law)
            mean.iaeSetpoint += one.iaeSetpoint / 5
            mean.overshoot += one.overshoot / 5
            mean.settling += one.settling / 5
            mean.iaeLoad += one.iaeLoad / 5
            mean.peak += one.peak / 5
            mean.variation += one.variation / 5
        }
        return mean
    }

    private static func figures(_ settings: Settings, seed: UInt64, law: Law) throws -> Figures {
        var run = try SimulatedRun(settings, law: law, seed: seed)
        var targets: [Double] = []
        var outputs: [Double] = []
        var commands: [Double] = []
        for _ in 0..<1_200 {
            run.step { record, truth in
                targets.append(Double(record.target.bits) / 65_536)
                outputs.append(truth)
                commands.append(Double(record.output.bits) / 65_536)
            }
        }
        func metrics(_ range: Range<Int>) -> Metrics {
            Metrics(
                periodSeconds: 1, target: Array(targets[range]), setpoint: Array(targets[range]),
                measurement: Array(outputs[range]), command: Array(commands[range]),
                isControlled: range.map { _ in true },
                limits: 0...100)
        }
        let step = metrics(0..<600)
        let load = metrics(600..<1_200)
        return Figures(
            iaeSetpoint: step.iae, overshoot: step.overshoot ?? 0,
            settling: step.settlingSeconds ?? .infinity, iaeLoad: load.iae,
            peak: outputs[600...].map { abs($0 - 50) }.max() ?? 0,
            variation: metrics(0..<1_200).totalVariation)
    }

    @Test(
        "with its anti-windup told apart, each rule has the figures of the other program",
        arguments: rules)
    func figures(rule: Rule) throws {
        let figures = try Self.figures(rule, ttSeconds: rule.tt, law: .pid)
        #expect(Self.isNear(figures.iaeSetpoint, rule.iaeSetpoint, share: Self.setpointShare))
        #expect(Self.isNear(figures.iaeLoad, rule.iaeLoad, share: Self.loadShare))
        #expect(Self.isNear(figures.variation, rule.variation, share: Self.variationShare))
        #expect(abs(figures.overshoot - rule.overshoot) < Self.overshootCelsius)
        #expect(abs(figures.peak - rule.peak) < Self.peakCelsius)
        #expect(abs(figures.settling - rule.settling) < Self.settlingSeconds)
    }

    @Test(
        "the answer to the load is the same whatever the anti-windup", arguments: rules, [1.0, 70])
    func load(rule: Rule, tt: Double) throws {
        let figures = try Self.figures(rule, ttSeconds: tt, law: .pid)
        #expect(Self.isNear(figures.iaeLoad, rule.iaeLoad, share: Self.loadShare))
        #expect(abs(figures.peak - rule.peak) < Self.peakCelsius)
    }

    @Test(
        "the default tracking time gives AMIGO's figures, with either law",
        arguments: [Law.pid, .learned])
    func defaultTracking(law: Law) throws {
        let rule = Self.rules[0]
        let figures = try Self.figures(rule, ttSeconds: 0, law: law)
        #expect(Self.isNear(figures.iaeSetpoint, rule.iaeSetpoint, share: Self.setpointShare))
        #expect(Self.isNear(figures.iaeLoad, rule.iaeLoad, share: Self.loadShare))
        #expect(Self.isNear(figures.variation, rule.variation, share: Self.variationShare))
        #expect(abs(figures.overshoot - rule.overshoot) < Self.overshootCelsius)
    }

    private static func isNear(_ value: Double, _ expected: Double, share: Double) -> Bool {
        abs(value - expected) <= share * expected
    }
}
