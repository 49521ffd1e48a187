import Control
import FixedPoint
import Foundation
import ModelFile
import Testing

@Suite("A model for processes of all kinds")
struct ConditioningTests {
    private static func conditional() throws -> Model {
        var model = try SmallModel.random(seed: 5, inputs: 8, units: 4, outputs: 2)
        model.scales = FeatureScale.allCases
        model.law.integralScale = Gain(2) ?? .zero
        model.law.integralGate = Gate(0.75)
        return model
    }

    @Test("first order with dead time: the times of its step response give lag and dead time back")
    func readsFirstOrder() throws {
        let process = try IdentifiedProcess(
            gain: 2, lags: [30], deadTime: 4, isIntegrating: false)
        let found = process.coordinates(periodSeconds: 2)
        // Lag 15 samples, dead time 2 and half a sample for the hold; SIMC with tau_c = L.
        #expect(abs(found.loopGain - 15 / (2 * 2 * 2.5)) < 1e-6)
        #expect(abs(found.integralGain - found.loopGain / 15) < 1e-8)
        #expect(found.shape.count == 6 && found.shape.allSatisfy { (-1...1).contains($0) })
        #expect(abs(found.shape[1] - (2 * 2.5 / 17.5 - 1)) < 1e-6)
        #expect(found.shape[5] == 0)
    }

    @Test("two lags: the response is that of the textbook, equal lags included")
    func readsTwoLags() throws {
        let equal = try IdentifiedProcess(
            gain: 1, lags: [10, 10], deadTime: 0, isIntegrating: false
        ).coordinates(periodSeconds: 1)
        // 1 - (1 + x) e^-x is 28.35 % at x = 1.052 and 63.2 % at x = 2.146.
        let lag = 1.5 * (21.4619 - 10.5229)
        let dead = 21.4619 - lag + 0.5
        #expect(abs(equal.loopGain / (lag / (2 * dead)) - 1) < 1e-3)
        let close = try IdentifiedProcess(
            gain: 1, lags: [10.01, 9.99], deadTime: 0, isIntegrating: false
        ).coordinates(periodSeconds: 1)
        #expect(abs(close.loopGain / equal.loopGain - 1) < 1e-5)
        let tiny = try IdentifiedProcess(
            gain: 1, lags: [10, 1e-9], deadTime: 1, isIntegrating: false)
        let one = try IdentifiedProcess(
            gain: 1, lags: [10], deadTime: 1, isIntegrating: false)
        #expect(
            abs(
                tiny.coordinates(periodSeconds: 1).loopGain
                    / one.coordinates(periodSeconds: 1).loopGain - 1) < 1e-6)
    }

    @Test("an integrating process: SIMC from its velocity gain, whatever the period")
    func readsIntegrator() throws {
        let process = try IdentifiedProcess(
            gain: 0.02, lags: [], deadTime: 5, isIntegrating: true)
        let found = process.coordinates(periodSeconds: 0.5)
        // 0.01 span a sample, dead time 10 samples and half a one, the least lag of 0.05.
        #expect(abs(found.loopGain - 1 / (2 * 0.01 * 10.525)) < 0.1)
        #expect(abs(found.integralGain - found.loopGain / (8 * 10.525)) < 1e-3)
        #expect(found.shape[5] == 1)
    }

    @Test("gains are scaled, the features of the process set, and nothing else is touched")
    func scales() throws {
        let model = try Self.conditional()
        let process = try IdentifiedProcess(
            gain: 1.25, lags: [20], deadTime: 3, isIntegrating: false)
        let coordinates = process.coordinates(periodSeconds: 1)
        let found = try model.conditioned(on: process, periodSeconds: 1)
        #expect(!found.isConditional && found.description.periodSeconds == 1)
        #expect(found.rows == model.rows && found.outputRows == model.outputRows)
        for (index, scale) in model.scales.enumerated() {
            let expected = model.features[index].gain.doubleValue * scale.value(coordinates)
            #expect(abs(found.features[index].gain.doubleValue - expected) < 1e-6)
        }
        let integral =
            found.law.integralScale.doubleValue * found.law.integralGate.doubleValue
        #expect(abs(integral - 1.5 * coordinates.integralGain) < 1e-8)
    }

    @Test("a process with a negative gain gets the mirror image of the law")
    func mirrors() throws {
        var model = try Self.conditional()
        // The first unit's row of outputs has no bias in a trained law.
        model.outputRows[0] = try #require(QuantisedRow(weights: [0.5, -0.25, 1, 0], bias: 0))
        let up = try IdentifiedProcess(gain: 1, lags: [20], deadTime: 3, isIntegrating: false)
        let down = try IdentifiedProcess(gain: -1, lags: [20], deadTime: 3, isIntegrating: false)
        let plain = try model.conditioned(on: up, periodSeconds: 1)
        let turned = try model.conditioned(on: down, periodSeconds: 1)
        let one = try LawBench(plain, PIDParameters(kp: 1))
        let other = try LawBench(turned, PIDParameters(kp: 1))
        one.law.start(at: .nearest(0.5))
        other.law.start(at: .nearest(0.5))
        for sample in 0..<60 {
            let setpoint = sample < 20 ? 0.4 : 0.55
            let measurement = 0.4 + 0.1 * sin(Double(sample) / 7)
            let (command, _) = one.update(setpoint, measurement)
            let (mirror, _) = other.update(setpoint, measurement)
            one.settle(min(max(command, 0), 1), 0)
            other.settle(min(max(mirror, 0), 1), 0)
            // Each side rounds its features and its integrator on its own: some 1e-4 of a range
            // would be a difference.
            #expect(abs(command + mirror - 1) < 1e-5, "sample \(sample)")
        }
    }

    @Test("the file holds the scales, and a reader of plain models does not take it for one")
    func roundTrip() throws {
        let model = try Self.conditional()
        let bytes = try ModelWriter.bytes(of: model)
        #expect(try ModelReader.parse(bytes) == model)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#""version":"3""#))
        #expect(text.contains("fixed,loop_gain,gain,dead_time,time,onset,tail,integrating"))
    }

    @Test("the nearest process that was scored speaks for one that was not, if it is near enough")
    func certifies() throws {
        func coordinates(_ lag: Double) throws -> ProcessCoordinates {
            try IdentifiedProcess(gain: 1.25, lags: [lag], deadTime: 5, isIntegrating: false)
                .coordinates(periodSeconds: 1)
        }
        func entry(_ name: String, _ lag: Double, _ failures: [String]) throws
            -> ProcessCertificate.Entry
        {
            ProcessCertificate.Entry(
                name: name, shape: try coordinates(lag).shape, failures: failures,
                sensitivityPeak: 1.5, costOverSIMC: ["steps": 0.7])
        }
        var model = try Self.conditional()
        let certificate = ProcessCertificate(processes: [
            try entry("good", 20, []), try entry("bad", 40, ["sensitivity peak 3, limit 2"]),
        ])
        model.description.certificate = try certificate.json()
        #expect(ProcessCertificate(json: model.description.certificate) == certificate)
        func verdict(_ lag: Double) throws -> ModelDescription.Verdict {
            try model.conditioned(on: coordinates(lag)).description.verdict
        }
        #expect(try verdict(21) == .holds)
        #expect(try verdict(38) == .fails(["on bad: sensitivity peak 3, limit 2"]))
        guard case .fails(let failures) = try verdict(2) else {
            Issue.record("a process far from all is certified")
            return
        }
        #expect(failures.count == 1 && failures[0].contains("the nearest process"))
        model.description.certificate = try ProcessCertificate(processes: []).json()
        #expect(try verdict(21) == .fails(["it was scored on no process"]))
        model.description.certificate = "{}"
        #expect(try verdict(21) == .absent)
    }

    @Test("a cost without bound is kept in a certificate, and read back")
    func unbounded() throws {
        let entry = ProcessCertificate.Entry(
            name: "lost", shape: [0.5], failures: ["cost over SIMC inf, limit 1.1"],
            sensitivityPeak: nil, costOverSIMC: ["steps": .infinity])
        let certificate = ProcessCertificate(processes: [entry])
        #expect(ProcessCertificate(json: try certificate.json()) == certificate)
        // Another number of coordinates is infinitely far away: that fails, and is no absence.
        let told = certificate.narrowed(
            to: try IdentifiedProcess(gain: 1.25, lags: [20], deadTime: 5, isIntegrating: false)
                .coordinates(periodSeconds: 1))
        #expect(told.contains("the nearest process"))
    }

    @Test("processes that there are not are refused")
    func refuses() {
        func fault(_ gain: Double, _ lags: [Double], _ dead: Double) -> ModelFault? {
            do throws(ModelFault) {
                _ = try IdentifiedProcess(
                    gain: gain, lags: lags, deadTime: dead, isIntegrating: false)
                return nil
            } catch { return error }
        }
        for (gain, lags, dead) in [
            (0, [1], 1), (.nan, [1], 1), (1, [], 1), (1, [1, 1, 1], 1), (1, [0], 1),
            (1, [.infinity], 1), (1, [1], -1), (1, [1], .nan),
        ] {
            #expect(fault(gain, lags, dead) != nil, "\(gain) \(lags) \(dead)")
        }
        #expect(fault(1, [1], 0) == nil)
    }
}
