import Foundation
import Testing
import Tuning

@Suite("Linear processes in time and frequency")
struct TransferFunctionTests {
    /// Rounding of a few hundred operations.
    private let rounding = 1e-10

    @Test("a first-order lag behind any dead time answers a step as the formula says")
    func stepsFirstOrder() throws {
        for dead in [0.0, 0.3, 1.0, 2.75] {
            let process = try TransferFunction(gain: 3, lags: [2], deadTimeSeconds: dead)
            let response = process.stepResponse(count: 60, periodSeconds: 0.5)
            for (index, value) in response.enumerated() {
                let time = Double(index) * 0.5 - dead
                let expected = time > 0 ? 3 * (1 - exp(-time / 2)) : 0
                #expect(abs(value - expected) < rounding)
            }
        }
    }

    @Test("an oscillating pair answers a step as the formula says")
    func stepsPair() throws {
        let process = try TransferFunction(
            gain: 1, pair: (naturalSeconds: 0.5, damping: 0.2), deadTimeSeconds: 0.1)
        let damped = (1 - 0.04).squareRoot()
        for (index, value) in process.stepResponse(count: 100, periodSeconds: 0.07).enumerated() {
            let time = max(0, Double(index) * 0.07 - 0.1) * 2
            let wave = cos(damped * time) + 0.2 / damped * sin(damped * time)
            #expect(abs(value - (1 - exp(-0.2 * time) * wave)) < rounding)
        }
    }

    @Test("a zero and an integrator are in the response")
    func stepsZeroAndIntegrator() throws {
        let inverse = try TransferFunction(gain: 1, lags: [1, 1], zero: -1)
        let ramp = try TransferFunction(gain: 2, lags: [1], integrators: 1)
        for index in 1..<40 {
            let time = Double(index) * 0.2
            let first = inverse.stepResponse(count: 40, periodSeconds: 0.2)[index]
            #expect(abs(first - (1 - exp(-time) * (1 + 2 * time))) < rounding)
            let second = ramp.stepResponse(count: 40, periodSeconds: 0.2)[index]
            #expect(abs(second - 2 * (time - 1 + exp(-time))) < rounding)
        }
    }

    @Test("time constants of milliseconds and hours in one process lose no digits")
    func stepsStiff() throws {
        let process = try TransferFunction(gain: 1, lags: [1000, 1, 0.001])
        let response = process.stepResponse(count: 400, periodSeconds: 10)
        for index in 1..<400 {
            let time = Double(index) * 10
            let slow = 1000.0 * 1000 / (999 * 999.999) * exp(-time / 1000)
            let middle = 1.0 / ((1 - 1000) * (1 - 0.001)) * exp(-time)
            let fast = 1e-6 / ((0.001 - 1000) * (0.001 - 1)) * exp(-time / 0.001)
            // The condition of the companion form of these three costs a few digits.
            #expect(abs(response[index] - (1 - slow - middle - fast)) < 1e-8)
        }
    }

    @Test("a frequency response is that of its factors")
    func respondsInFrequency() throws {
        let process = try TransferFunction(
            gain: 2, lags: [1, 3], zero: -0.5, integrators: 1, deadTimeSeconds: 0.7)
        let w = 0.8
        let size = 2 * hypot(1, 0.4) / (hypot(1, 0.8) * hypot(1, 2.4) * 0.8)
        let turn = -atan(0.4) - atan(0.8) - atan(2.4) - .pi / 2 - 0.56
        let found = process.response(at: w)
        #expect(abs(found.magnitude - size) < rounding)
        #expect(abs(remainder(found.phase - turn, 2 * .pi)) < rounding)
    }

    @Test("behind a hold a lag has the pulse response of the textbooks")
    func respondsSampled() throws {
        let process = try TransferFunction(gain: 3, lags: [2], deadTimeSeconds: 1)
        let sampled = SampledProcess(process, periodSeconds: 0.5)
        let a = exp(-0.25)
        for w in [0.01, 0.5, 3.0] {
            let z = Complex(magnitude: 1, phase: w * 0.5)
            let expected = Complex(3 * (1 - a)) / ((z - Complex(a)) * z * z)
            let difference = sampled.response(at: w) - expected
            #expect(difference.magnitude < rounding)
        }
    }

    @Test("a sinusoid that is held and sampled comes out as the pulse response says")
    func simulatesSampled() throws {
        let process = try TransferFunction(
            gain: 1, lags: [1, 0.4], zero: -0.3, deadTimeSeconds: 0.77)
        let period = 0.3
        let w = 1.1
        let input = (0..<400).map { sin(w * period * Double($0)) }
        let output = process.output(toHeld: input, periodSeconds: period)
        let expected = SampledProcess(process, periodSeconds: period).response(at: w)
        for index in 300..<400 {
            let time = w * period * Double(index)
            let wave = expected.real * sin(time) + expected.imaginary * cos(time)
            #expect(abs(output[index] - wave) < 1e-8, "the start has faded to e^-90")
        }
    }

    @Test("what is no strictly proper process is refused with the reason")
    func refuses() {
        #expect(throws: TuningFault.self) { try TransferFunction(gain: 1) }
        #expect(throws: TuningFault.self) { try TransferFunction(gain: 0, lags: [1]) }
        #expect(throws: TuningFault.self) {
            try TransferFunction(gain: 1, lags: [1], deadTimeSeconds: -1)
        }
        #expect(throws: TuningFault.self) { try TransferFunction(gain: .nan, lags: [1]) }
        #expect(throws: TuningFault.self) {
            try TransferFunction(numerator: [1, 1], denominator: [1, 1])
        }
    }
}
