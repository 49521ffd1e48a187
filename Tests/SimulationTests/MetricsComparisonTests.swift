import FixedPoint
import Simulation
import Testing

/// The definitions once more, in the plainest words that compute them.
@Suite("Metrics against a second computation")
struct MetricsComparisonTests {
    struct Course {
        var target: [Double] = []
        var setpoint: [Double] = []
        var measurement: [Double] = []
        var command: [Double] = []

        /// Steps of chance, a ramp behind them, and something that follows.
        init(seed: UInt64, count: Int) {
            var random = SplitMix64(seed: seed)
            var goal = 0.0
            var ramped = 0.0
            var output = 0.0
            for _ in 0..<count {
                if random.uniform(1...40) == 1 { goal = Double(random.uniform(-20...20)) }
                ramped += min(max(goal - ramped, -3), 3)
                output += 0.3 * (ramped - output) + Double(random.uniform(-100...100)) * 0.002
                target.append(goal)
                setpoint.append(ramped)
                measurement.append(output)
                command.append(Double(random.uniform(0...100)))
            }
        }
    }

    /// One sample in seven is of the safe state.
    private static func isControlled(_ index: Int) -> Bool { index % 7 != 3 }

    @Test("courses of chance have the same figures", arguments: 1...20 as ClosedRange<UInt64>)
    func sameFigures(seed: UInt64) {
        let course = Course(seed: seed, count: 300)
        let period = 0.5
        let metrics = Metrics(
            periodSeconds: period, target: course.target, setpoint: course.setpoint,
            measurement: course.measurement, command: course.command,
            isControlled: (0..<300).map(Self.isControlled), limits: -15...15)
        var (iae, ise, itae, variation, outside) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for index in 0..<300 {
            if index > 0 { variation += abs(course.command[index] - course.command[index - 1]) }
            if abs(course.measurement[index]) > 15 { outside += 1 }
            guard Self.isControlled(index) else { continue }
            let error = course.setpoint[index] - course.measurement[index]
            let since = (1...max(1, index)).last { course.target[$0] != course.target[$0 - 1] } ?? 0
            let age = index == 0 ? 0 : index - since
            iae += abs(error)
            ise += error * error
            itae += Double(age) * abs(error)
        }
        #expect(isNear(metrics.iae, iae * period), "seed \(seed)")
        #expect(isNear(metrics.ise, ise * period))
        #expect(isNear(metrics.itae, itae * period * period))
        #expect(isNear(metrics.totalVariation, variation))
        #expect(isNear(metrics.secondsOutsideLimits, outside * period))
        #expect(isNear(metrics.secondsUncontrolled, 43 * period))
        compareStep(metrics, course, period: period)
    }

    private func compareStep(_ metrics: Metrics, _ course: Course, period: Double) {
        var before = [course.measurement[0]]
        before += course.target.dropLast()
        let sizes = zip(course.target, before).map { $0 - $1 }
        guard let largest = sizes.map(abs).max(), largest >= 0x1p-16,
            let begin = sizes.firstIndex(where: { abs($0) == largest })
        else {
            #expect(metrics.overshoot == nil)
            return
        }
        var end = begin
        while end < 300, course.target[end] == course.target[begin] { end += 1 }
        let sign = sizes[begin] > 0 ? 1.0 : -1.0
        let excess = (begin..<end).map { sign * (course.measurement[$0] - course.target[begin]) }
        #expect(isNear(metrics.overshoot ?? -1, max(0, excess.max() ?? 0)))
        let inside = excess.map { abs($0) <= 0.02 * largest }
        var settled = inside.count
        while settled > 0, inside[settled - 1] { settled -= 1 }
        let expected = settled == inside.count ? nil : Double(settled) * period
        #expect(metrics.settlingSeconds == expected)
        let low = excess.firstIndex { $0 >= -0.9 * largest }
        let high = excess.firstIndex { $0 >= -0.1 * largest }
        if let low, let high {
            #expect(metrics.riseSeconds == Double(high - low) * period)
        } else {
            #expect(metrics.riseSeconds == nil)
        }
    }

    /// The same numbers summed in another order.
    private func isNear(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(1, abs(right))
    }
}
