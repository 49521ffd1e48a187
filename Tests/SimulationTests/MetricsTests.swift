import Glibc
import Testing

import Simulation

@Suite("Metrics")
struct MetricsTests {
    /// Sums of some hundred numbers of size 1.
    static let rounding = 1e-9

    static func metrics(
        period: Double = 1, target: [Double], setpoint: [Double]? = nil, measurement: [Double],
        command: [Double]? = nil, isControlled: [Bool]? = nil,
        limits: ClosedRange<Double> = -1_000...1_000
    ) -> Metrics {
        Metrics(
            periodSeconds: period, target: target, setpoint: setpoint ?? target,
            measurement: measurement, command: command ?? target.map { _ in 0 },
            isControlled: isControlled ?? target.map { _ in true }, limits: limits)
    }

    @Test("integrals are the sums by hand")
    func integrals() {
        let metrics = Self.metrics(
            period: 0.5, target: [10, 10, 20, 20], measurement: [10, 9, 11, 22],
            command: [0, 30, 10, 10])
        // Errors 0, 1, 9, -2; the change of the target is at the third sample.
        #expect(metrics.iae == 6)
        #expect(metrics.ise == 43)
        // 0.5 s after the start, and 0.5 s after the change.
        #expect(metrics.itae == 0.75)
        #expect(metrics.totalVariation == 50)
        // A tenth of four samples is one at least.
        #expect(metrics.offset == -2)
    }

    @Test("errors while no law acts are not counted, but their time is")
    func uncontrolled() {
        let metrics = Self.metrics(
            period: 0.5, target: [10, 10, 10, 20], measurement: [10, 9, -70, 22],
            isControlled: [true, true, false, false], limits: 0...100)
        #expect(metrics.iae == 0.5 && metrics.ise == 0.5 && metrics.itae == 0.25)
        #expect(metrics.secondsUncontrolled == 1)
        // Heat that nobody asked for is beyond the limit all the same.
        #expect(metrics.secondsOutsideLimits == 0.5)
        #expect(metrics.offset == nil)
    }

    @Test("a step up has its overshoot, rise and settling time by hand")
    func stepUp() throws {
        // A step of 10 from 20 to 30 at sample 2: 10 % is 21, 90 % is 29, the band 29.8 to 30.2.
        let target: [Double] = [20, 20, 30, 30, 30, 30, 30, 30, 30, 30]
        let output = [20, 20, 20, 21, 25, 29, 31.5, 29.7, 30.1, 30.19]
        let metrics = Self.metrics(period: 2, target: target, measurement: output)
        #expect(abs(try #require(metrics.overshoot) - 1.5) < Self.rounding)
        #expect(metrics.riseSeconds == 4)
        // Sample 8 is the first of those that stay: six samples after the step.
        #expect(metrics.settlingSeconds == 12)
    }

    @Test("a step down is judged as its mirror image")
    func stepDown() throws {
        let target: [Double] = [20, 20, 30, 30, 30, 30, 30, 30, 30, 30]
        let output = [20, 20, 20, 21, 25, 29, 31.5, 29.7, 30.1, 30.19]
        let up = Self.metrics(target: target, measurement: output)
        let down = Self.metrics(target: target.map(-), measurement: output.map(-))
        #expect(down.overshoot == up.overshoot)
        #expect(down.riseSeconds == up.riseSeconds)
        #expect(down.settlingSeconds == up.settlingSeconds)
        #expect(down.iae == up.iae)
        #expect(down.offset == up.offset.map(-))
    }

    @Test("a first-order answer rises in 2.197 and settles in 3.912 time constants")
    func firstOrder() throws {
        let period = 0.001
        let output = (0..<8_000).map { 1 - exp(-Double($0) * period) }
        let metrics = Self.metrics(
            period: period, target: output.map { _ in 1 }, measurement: output)
        #expect(abs(try #require(metrics.riseSeconds) - log(9)) <= 2 * period)
        #expect(abs(try #require(metrics.settlingSeconds) - log(50)) <= 2 * period)
        #expect(metrics.overshoot == 0)
        // The integral of exp(-t) is 1; the sum is more by half a sample.
        #expect(abs(metrics.iae - 1) < period)
        #expect(abs(metrics.ise - 0.5) < period)
        #expect(abs(metrics.itae - 1) < 5 * period)
    }

    @Test(
        "an oscillator overshoots by exp(-pi zeta / sqrt(1 - zeta^2))", arguments: [0.2, 0.5, 0.7])
    func secondOrder(damping: Double) throws {
        let period = 0.001
        let frequency = (1 - damping * damping).squareRoot()
        let output = (0..<40_000).map { index -> Double in
            let time = Double(index) * period
            let phase = frequency * time
            return 1 - exp(-damping * time) * (cos(phase) + damping / frequency * sin(phase))
        }
        let metrics = Self.metrics(
            period: period, target: output.map { _ in 5 }, measurement: output.map { 5 * $0 })
        let expected = 5 * exp(-.pi * damping / frequency)
        #expect(abs(try #require(metrics.overshoot) - expected) < 1e-5)
        let settling = try #require(metrics.settlingSeconds)
        let index = Int((settling / period).rounded())
        #expect(abs(output[index] - 1) <= 0.02)
        #expect(abs(output[index - 1] - 1) > 0.02)
    }

    @Test("without a step there are no step figures")
    func noStep() {
        let still = Self.metrics(target: [5, 5, 5], measurement: [5, 5.1, 4.9])
        #expect(still.overshoot == nil)
        #expect(still.settlingSeconds == nil)
        #expect(still.riseSeconds == nil)
        // Less than a setpoint can resolve is rounding, not a step.
        let rounding = Self.metrics(target: [5, 5, 5], measurement: [5 - 0x1p-18, 5, 5])
        #expect(rounding.overshoot == nil)
        let least = Self.metrics(target: [5, 5, 5], measurement: [5 - 0x1p-16, 5, 5])
        #expect(least.overshoot != nil)
    }

    @Test("of several steps the largest counts, up to the next one")
    func severalSteps() throws {
        // From 0: up by 2, up by 10, down by 4. The excess of 9 belongs to the last step.
        let target: [Double] = [2, 2, 12, 12, 12, 12, 8, 8]
        let output: [Double] = [0, 5, 2, 12, 13, 12, 12, 17]
        let metrics = Self.metrics(target: target, measurement: output)
        #expect(abs(try #require(metrics.overshoot) - 1) < Self.rounding)
        #expect(metrics.settlingSeconds == 3)
        #expect(metrics.riseSeconds == 0)
    }

    @Test("of equal steps the first counts")
    func equalSteps() throws {
        let target: [Double] = [0, 10, 10, 0, 0]
        let metrics = Self.metrics(target: target, measurement: [0, 0, 13, 10, -2])
        #expect(abs(try #require(metrics.overshoot) - 3) < Self.rounding)
    }

    @Test("what never settles and never rises says so")
    func neverSettles() {
        let swinging = (0..<100).map { $0.isMultiple(of: 2) ? 9.0 : 11 }
        let metrics = Self.metrics(
            target: [0] + [Double](repeating: 10, count: 100), measurement: [0] + swinging)
        #expect(metrics.settlingSeconds == nil)
        #expect(metrics.riseSeconds == 0)
        let low = Self.metrics(target: [0, 10, 10, 10], measurement: [0, 0, 3, 8.9])
        #expect(low.riseSeconds == nil)
        #expect(low.overshoot == 0)
        let opposite = Self.metrics(target: [0, 10, 10, 10], measurement: [0, -5, -5, -5])
        #expect(opposite.overshoot == 0)
        #expect(opposite.riseSeconds == nil)
    }

    @Test("a step that is answered at once settles in no time")
    func immediate() {
        let metrics = Self.metrics(target: [0, 10, 10], measurement: [0, 10, 10])
        #expect(metrics.settlingSeconds == 0)
        #expect(metrics.riseSeconds == 0)
        #expect(metrics.overshoot == 0)
    }

    @Test("integrals follow the ramped setpoint, step figures the target")
    func ramp() throws {
        let target: [Double] = [0, 10, 10, 10, 10, 10, 10]
        let setpoint: [Double] = [0, 2, 4, 6, 8, 10, 10]
        let metrics = Self.metrics(target: target, setpoint: setpoint, measurement: setpoint)
        // It followed its ramp: no error. It took that long all the same.
        #expect(metrics.iae == 0)
        #expect(metrics.ise == 0)
        #expect(metrics.offset == 0)
        #expect(metrics.settlingSeconds == 4)
        // From the first sample with 10 % to the first with 90 %.
        #expect(metrics.riseSeconds == 4)
        #expect(metrics.overshoot == 0)
    }

    @Test("time counts as outside beyond a limit, not on it")
    func limits() {
        let metrics = Self.metrics(
            period: 0.25, target: [1, 1, 1, 1, 1], measurement: [0, -0.1, 1, 2, 2.1],
            limits: 0...2)
        #expect(metrics.secondsOutsideLimits == 0.5)
    }

    @Test("no sample and one sample give figures without a trap")
    func fewSamples() {
        #expect(Self.metrics(target: [], measurement: []).iae == 0)
        let one = Self.metrics(target: [3], measurement: [1])
        #expect(one.iae == 2)
        #expect(one.itae == 0)
        #expect(one.offset == 2)
        #expect(one.totalVariation == 0)
        #expect(one.overshoot == 0)
        #expect(one.settlingSeconds == nil)
        let still = Self.metrics(target: [3], measurement: [3])
        #expect(still.overshoot == nil)
    }

    @Test("the offset is the mean error of the last tenth")
    func offset() throws {
        let output = (0..<100).map { $0 < 90 ? 100.0 : 7 }
        let metrics = Self.metrics(target: output.map { _ in 10 }, measurement: output)
        #expect(abs(try #require(metrics.offset) - 3) < Self.rounding)
    }
}
