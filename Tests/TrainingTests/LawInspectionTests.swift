import Control
import Episodes
import FixedPoint
import Foundation
import ModelFile
import Testing
import Tuning

@testable import Training

/// What is said of the units of a law, on laws whose gates are known.
@Suite("Inspection of a law")
struct LawInspectionTests {
    private let family = PlantFamily(
        name: "fopdt", ChainModel(gain: 1, lags: [1], deadTime: 3.0 / 7))

    /// A law without weights: its gates are what its biases say. It commands by its integrator.
    private func law(forgetBiases: [Float]) throws -> FloatLaw {
        let layout = LawLayout(features: 1, units: forgetBiases.count, isGated: false)
        var law = FloatLaw(
            layout: layout, features: [LawFeature(.error, gain: 1)],
            parameters: [Float](repeating: 0, count: layout.count))
        for (unit, bias) in forgetBiases.enumerated() {
            law.parameters[layout.biases.lowerBound + forgetBiases.count + unit] = bias
        }
        // Without a proportional part the loop is damped with a third of a PI's integral gain.
        let integral = try SamplePIDGains(.simcPI, family).integral / 3
        law.parameters[layout.logIntegral] = Float(PortableMath.ln(integral))
        return law
    }

    private func inspection(forgetBiases: [Float]) throws -> LawInspection {
        let model = try law(forgetBiases: forgetBiases).model(
            envelope: -0.5...1.5,
            description: ModelDescription(
                origin: "test", family: family.name, periodSeconds: family.periodSeconds))
        return try LawInspection(
            model, family, fallback: SamplePIDGains(.simcPI, family))
    }

    /// The table of the sigmoid is exact to 2^-26; a leak of 1/400 has 18 bits of that.
    private static let tolerance = 1e-4

    @Test("gives each unit the time constant that its forget gate has")
    func timeConstants() throws {
        let biases: [Float] = [-20, -2, 0, 3, 5, 6, 20]
        let found = try inspection(forgetBiases: biases).units.map(UnitMemory.init)
        for (memory, bias) in zip(found, biases) where bias.magnitude < 16 {
            let expected = 1 / log(1 + exp(-Double(bias)))
            #expect(abs(memory.rest / expected - 1) < Self.tolerance, "bias \(bias)")
            #expect(abs(memory.shortest / expected - 1) < Self.tolerance, "bias \(bias)")
            #expect(abs(memory.longest / expected - 1) < Self.tolerance, "bias \(bias)")
        }
        #expect(found[0].rest == 0 && found[6].rest == .infinity)
        #expect(
            found.map(\.role) == [.fast, .fast, .fast, .leak, .leak, .integrator, .integrator])
    }

    @Test("takes the loop through rest, a step, a load, and a command at its limit")
    func situations() throws {
        let run = try inspection(forgetBiases: [0])
        let count = LawInspection.samples
        #expect(run.output.count == count && run.units[0].leak.count == count)
        #expect(run.setpoint[LawInspection.step - 1] < run.setpoint[LawInspection.step])
        // At rest, after the step and under the load the output is at the setpoint, to two steps of
        // the sensor.
        for sample in [LawInspection.step - 1, LawInspection.load - 1, LawInspection.unload - 1] {
            #expect(abs(run.output[sample] - run.setpoint[sample]) < 2.0 / 4_096, "\(sample)")
        }
        // The load pulls by 8 % of the range, and the integrator has taken it over.
        let taken =
            run.integrator[LawInspection.unload - 1] - run.integrator[LawInspection.load - 1]
        #expect(abs(taken - 0.08) < 0.002)
        #expect(run.command[LawInspection.saturation..<LawInspection.release].contains(1))
        #expect(run.command[count - 1] < 1)
        #expect(run.strayShare == 0)
    }

    @Test("gives the same figures each time")
    func isRepeatable() throws {
        let (one, two) = (
            try inspection(forgetBiases: [1, 3]), try inspection(forgetBiases: [1, 3])
        )
        #expect(one.command == two.command && one.integrator == two.integrator)
    }

    @Test("a shut gate remembers nothing, an open one for ever")
    func limits() {
        #expect(UnitMemory.timeConstant(leak: 1) == 0)
        #expect(UnitMemory.timeConstant(leak: 0) == .infinity)
        #expect(abs(UnitMemory.timeConstant(leak: 1 - exp(-0.1)) - 10) < 1e-9)
        // f itself would have lost all digits of this one.
        #expect(abs(UnitMemory.timeConstant(leak: 1e-18) / 1e18 - 1) < 1e-9)
    }
}

/// The process in a certificate: a file says it, so it is not believed.
@Suite("The process of a certificate")
struct CertificateProcessTests {
    @Test("every family of the suite can be run", arguments: PlantFamily.specialists.map(\.name))
    func suite(name: String) throws {
        let family = try #require(PlantFamily.specialists.first { $0.name == name })
        #expect(family.isUsable)
    }

    @Test("what no simulation can run is refused")
    func refusals() {
        let good = PlantFamily(name: "good", ChainModel(gain: 1, lags: [1, 1], deadTime: 1))
        #expect(good.isUsable)
        func usable(_ change: (inout PlantFamily, inout ChainModel) -> Void) -> Bool {
            var family = good
            guard case .chain(var chain) = family.process else { return false }
            change(&family, &chain)
            family.process = .chain(chain)
            return family.isUsable
        }
        for bad in [Double.nan, .infinity, 0, -1, 1e9] {
            #expect(!usable { family, _ in family.periodSeconds = bad })
            #expect(!usable { _, chain in chain.lags = [1, bad] })
        }
        for bad in [Double.nan, .infinity, -1, 1e9] {
            #expect(!usable { _, chain in chain.deadTime = bad })
            #expect(!usable { family, _ in family.noise = bad })
            #expect(!usable { family, _ in family.quantum = bad })
            #expect(!usable { family, _ in family.effortWeight = bad })
        }
        #expect(!usable { _, chain in chain.gain = 0 })
        #expect(!usable { _, chain in chain.lags = [] })
        #expect(!usable { _, chain in chain.lags = [Double](repeating: 1, count: 17) })
        #expect(!usable { _, chain in (chain.lags, chain.zero) = ([1], -1) })
        #expect(!usable { _, chain in chain.pair = .init(time: 1, damping: 0) })
        #expect(!usable { family, _ in family.standingLoad = .infinity })
        #expect(!usable { family, _ in family.setpoints = 0...1e12 })
    }

    @Test("comes back from the text of a model file")
    func roundTrip() throws {
        let evaluation = Evaluation(
            family: "test", periodSeconds: 1, classes: [], reference: "PID*", corners: [],
            operatingPoints: [],
            hold: Evaluation.Hold(medianOffset: 0, worstOffset: 0, worstRipple: .infinity),
            limitCycles: LimitCycles(
                loops: 144, sustained: 0, worstSwing: 0, worstGain: 1, worstTime: 1),
            fixedOverFloat: nil, strayShare: 0)
        for family in PlantFamily.specialists {
            let text = try Certificate(evaluation, family, seed: 1).json()
            #expect(Certificate(json: text)?.plant == family, "\(family.name)")
        }
        #expect(Certificate(json: "{}") == nil)
        #expect(Certificate(json: "") == nil)
    }
}
