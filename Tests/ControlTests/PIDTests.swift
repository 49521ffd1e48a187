import Control
import FixedPoint
import ModelFile
import Testing

@Suite("The PID")
struct PIDTests {
    private static let seed: UInt64 = 0x51D_0001

    /// Gains per tick: proportional and integral, derivative and its filter, setpoint weight.
    struct Case: Sendable, CustomTestStringConvertible {
        let kp: Double
        let ki: Double
        let kd: Double
        let filter: Double
        let b: Double
        var tracking = 0.05
        var measurementFilter = 1.0

        var testDescription: String {
            "kp \(kp), ki \(ki), kd \(kd), filter \(filter), b \(b), y \(measurementFilter)"
        }

        var parameters: PIDParameters {
            PIDParameters(
                kp: kp, ki: ki, kd: kd, filter: filter, b: b, tracking: tracking,
                measurementFilter: measurementFilter)
        }

        /// Rounding to Q28 costs half a unit in each term; the weighted setpoint's is multiplied by
        /// kp, and the derivative's stays in its filter for 1/filter ticks. A filtered measurement is
        /// rounded too, to half a unit, and the change of two by one.
        var tolerance: Double {
            let measurement = measurementFilter == 1 ? 0 : kp.magnitude + kd.magnitude
            return (3 + kp.magnitude + 1 / filter + measurement) / 0x1p28
        }
    }

    static let cases = [
        Case(kp: 1, ki: 0, kd: 0, filter: 1, b: 1),
        Case(kp: 0.05, ki: 1e-8, kd: 0, filter: 1, b: 1),
        Case(kp: 1e-8, ki: 1e-8, kd: 1e-8, filter: 0.5, b: 1),
        Case(kp: 10.2, ki: 0.146, kd: 0, filter: 1, b: 1),
        Case(kp: 10.2, ki: 0.146, kd: 40, filter: 0.2, b: 0.5),
        Case(kp: 2, ki: 0.01, kd: 5, filter: 0.01, b: 0),
        Case(kp: 50, ki: 1, kd: 200, filter: 0.1, b: 0),
        Case(kp: -8, ki: -0.1, kd: -3, filter: 0.3, b: 1),
        Case(kp: 10_000, ki: 10_000, kd: 10_000, filter: 1, b: 1, tracking: 1),
        Case(kp: 10.2, ki: 0.146, kd: 40, filter: 0.2, b: 0.5, measurementFilter: 0.3),
        Case(kp: 2, ki: 0.01, kd: 5, filter: 0.1, b: 0, measurementFilter: 0.01),
    ]

    @Test(
        "computes what its equations give in double precision, saturated or not", arguments: cases)
    func reference(_ test: Case) {
        var random = SplitMix64(seed: Self.seed)
        var pid = PID(parameters: test.parameters)
        var reference = PIDReference(test.parameters)
        var measurement = 0.4
        var setpoint = 0.5
        var worst = 0.0
        for tick in 0..<5_000 {
            measurement += Double(random.uniform(-1_000...1_000)) * 2e-6
            measurement = min(max(measurement, 0.3), 0.6)
            if tick % 200 == 0 { setpoint = Double(random.uniform(3_500...5_500)) / 10_000 }
            let (r, y) = (Q3_28.nearest(setpoint), Q3_28.nearest(measurement))
            let found = pid.update(setpoint: r, measurement: y)
            let exact = reference.update(setpoint: r.doubleValue, measurement: y.doubleValue)
            worst = max(worst, (found.doubleValue - min(max(exact, -8), 8)).magnitude)
            let applied = Q3_28(bits: min(max(found.bits, 0), Q3_28.one.bits))
            let isActing = tick % 1_000 < 700
            pid.settle(applied: applied, isActing: isActing)
            reference.settle(applied: applied.doubleValue, isActing: isActing)
        }
        #expect(worst <= test.tolerance, "seed \(Self.seed)")
    }

    @Test("integrates an error of one unit with a gain of 1e-8 without loss")
    func tinyIntegral() {
        var pid = PID(parameters: PIDParameters(kp: 0, ki: 1e-8))
        var command = Q3_28.zero
        var tick = 0
        while tick < 1_000_000 {
            tick += 1
            command = pid.update(setpoint: Q3_28.nearest(0.501), measurement: Q3_28.nearest(0.5))
        }
        // A million ticks of 1e-8 times 1e-3 of the span are 1e-5 of the range; the accumulator's
        // unit is 2^-44, half of which a tick may lose: 2.8e-8 in all.
        let exact = 1e-5
        #expect((command.doubleValue - exact).magnitude < 4e-8)
    }

    @Test("weights the setpoint only in the proportional part", arguments: [0, 0.5, 1] as [Double])
    func setpointWeight(_ b: Double) {
        var pid = PID(parameters: PIDParameters(kp: 2, b: b))
        let rest = pid.update(setpoint: .nearest(0.4), measurement: .nearest(0.4)).doubleValue
        let stepped = pid.update(setpoint: .nearest(0.5), measurement: .nearest(0.4)).doubleValue
        let disturbed = pid.update(setpoint: .nearest(0.5), measurement: .nearest(0.5)).doubleValue
        #expect((stepped - rest - 0.2 * b).magnitude < 1e-7)
        #expect((disturbed - stepped + 0.2).magnitude < 1e-7)
    }

    @Test("settles at the setpoint whatever kp and b: the integrator is wide enough")
    func wideIntegrator() {
        // At the setpoint P is kp (b - 1) r = -45, which only the integrator can carry.
        var pid = PID(
            parameters: PIDParameters(kp: 50, ki: 0.5, b: 0, tracking: 0.2))
        var level = 0.0
        for _ in 0..<4_000 {
            let command = pid.update(setpoint: .nearest(0.9), measurement: .nearest(level))
            let applied = min(max(command.doubleValue, 0), 1)
            pid.settle(applied: .nearest(applied), isActing: true)
            level += 0.02 * (applied - level)
        }
        #expect((level - 0.9).magnitude < 1e-5)
    }

    @Test("filters the derivative with the stated share a tick")
    func derivativeFilter() {
        var pid = PID(parameters: PIDParameters(kp: 0, kd: 2, filter: 0.25))
        _ = pid.update(setpoint: .zero, measurement: .nearest(0.5))
        var expected = 0.0
        for tick in 1...40 {
            let command = pid.update(
                setpoint: .zero, measurement: .nearest(0.5 + 0.001 * Double(tick)))
            expected += 0.25 * (-2 * 0.001 - expected)
            #expect((command.doubleValue - expected).magnitude < 1e-7)
        }
    }

    @Test(
        "filters the measurement with the stated share a tick, and comes to rest on it",
        arguments: [1, 0.5, 0.01, 1e-4] as [Double])
    func measurementFilter(share: Double) {
        var pid = PID(parameters: PIDParameters(kp: -1, measurementFilter: share))
        _ = pid.update(setpoint: .zero, measurement: .nearest(0.2))
        var expected = 0.2
        for tick in 0..<Int(25 / share) {
            let command = pid.update(setpoint: .zero, measurement: .nearest(0.7))
            expected += share * (0.7 - expected)
            // Where it rounds to half a unit of Q28 a tick, it rounds the gap: no more than a unit
            // remains.
            #expect((command.doubleValue - expected).magnitude <= 0x1p-28, "tick \(tick)")
        }
    }

    @Test("without a filter the measurement passes to the last bit")
    func noMeasurementFilter() {
        var random = SplitMix64(seed: Self.seed)
        var pid = PID(parameters: PIDParameters(kp: -1))
        for _ in 0..<1_000 {
            let y = Q3_28(bits: Int32(random.uniform(-(1 << 28)...(1 << 28))))
            #expect(pid.update(setpoint: .zero, measurement: y) == y, "seed \(Self.seed)")
        }
    }

    @Test("begins at the measurement again after a reset, not where it was before the gap")
    func filterResets() {
        var pid = PID(parameters: PIDParameters(kp: -1, measurementFilter: 0.01))
        _ = pid.update(setpoint: .zero, measurement: .nearest(0.2))
        pid.forgetSlope()
        #expect(pid.update(setpoint: .zero, measurement: .nearest(0.7)) < .nearest(0.21))
        pid.reset()
        #expect(pid.update(setpoint: .zero, measurement: .nearest(0.7)) == .nearest(0.7))
    }

    @Test("does not look at the setpoint in its derivative")
    func noSetpointKick() {
        var pid = PID(parameters: PIDParameters(kp: 0, kd: 1_000))
        _ = pid.update(setpoint: .zero, measurement: .nearest(0.5))
        #expect(pid.update(setpoint: .one, measurement: .nearest(0.5)) == .zero)
    }

    @Test("holds its integrator exactly at zero error")
    func holds() {
        var pid = PID(parameters: PIDParameters(kp: 3, ki: 0.3, tracking: 0.1))
        _ = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.5))
        let held = pid.update(setpoint: .nearest(0.5), measurement: .nearest(0.5))
        var isHeld = true
        var tick = 0
        while tick < 1_000_000 {
            tick += 1
            let command = pid.update(setpoint: .nearest(0.5), measurement: .nearest(0.5))
            pid.settle(applied: command, isActing: true)
            isHeld = isHeld && command == held
        }
        #expect(isHeld)
    }

    @Test("stays bounded and defined for any gain and any input")
    func extremes() {
        var random = SplitMix64(seed: Self.seed)
        for _ in 0..<200 {
            func gain() -> Gain {
                let mantissa = Int32(truncatingIfNeeded: random.next()) | 1
                return Gain(mantissa: mantissa, shift: random.uniform(17...62)) ?? .zero
            }
            var pid = PID(
                parameters: PIDParameters(
                    proportional: gain(), integral: gain(), derivative: gain(),
                    derivativeFilter: gain(), measurementFilter: gain(), setpointWeight: gain(),
                    tracking: gain()))
            for _ in 0..<100 {
                let r = Q3_28(bits: Int32(truncatingIfNeeded: random.next()))
                let y = Q3_28(bits: Int32(truncatingIfNeeded: random.next()))
                #expect(pid.update(setpoint: r, measurement: y).bits != .min)
                if random.next() % 7 == 0 { pid.forgetSlope() }
                let applied = Q3_28(bits: Int32(truncatingIfNeeded: random.next()))
                pid.settle(applied: applied, isActing: random.next() % 2 == 0)
            }
        }
    }
}
