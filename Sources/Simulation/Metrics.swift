/// How well a run went, from equally spaced samples of one loop.
///
/// Integrals are sums over samples times the period, in the sensor's unit and seconds (Astrom and
/// Hagglund, *Advanced PID Control*, 2006, section 4.2). They judge by the setpoint that the law
/// saw, behind its ramp: a ramp is asked for, so following it is no error. Samples of the safe state,
/// in which no law acts, are left out of all errors and counted apart. Step figures are of the
/// largest change of the target, before the ramp, from the target before it (at the start: from the
/// measurement) up to the next change; the first of equal ones; absent when there is none.
package struct Metrics: Equatable, Sendable {
    /// Integral of |r - y|.
    package var iae = 0.0
    /// Integral of (r - y)^2.
    package var ise = 0.0
    /// Integral of t |r - y|, t from the last change of the target.
    package var itae = 0.0
    /// Sum of |u - u before|, in the actuator's unit.
    package var totalVariation = 0.0
    /// Largest excess over the new setpoint after the step, in the sensor's unit.
    package var overshoot: Double?
    /// Until the measurement stays within 2 % of the step, in seconds.
    package var settlingSeconds: Double?
    /// From 10 % to 90 % of the step, in seconds.
    package var riseSeconds: Double?
    /// Mean of r - y over the controlled samples in the last tenth of the run; absent when there
    /// are none.
    package var offset: Double?
    /// Time in the safe state, which no error counts, in seconds.
    package var secondsUncontrolled = 0.0
    /// Time beyond the protective limits, in seconds.
    package var secondsOutsideLimits = 0.0

    /// A change below the resolution of a setpoint is none: it would make figures of rounding.
    static let smallestStep = 0x1p-16

    /// - Precondition: all arrays have the same length.
    package init(
        periodSeconds: Double, target: [Double], setpoint: [Double], measurement: [Double],
        command: [Double], isControlled: [Bool], limits: ClosedRange<Double>
    ) {
        precondition(
            target.count == measurement.count && setpoint.count == measurement.count
                && command.count == measurement.count && isControlled.count == measurement.count)
        guard let first = measurement.first else { return }
        var changeIndex = 0
        for index in measurement.indices {
            if index > 0 {
                totalVariation += (command[index] - command[index - 1]).magnitude
                if target[index] != target[index - 1] { changeIndex = index }
            }
            if !limits.contains(measurement[index]) { secondsOutsideLimits += periodSeconds }
            guard isControlled[index] else {
                secondsUncontrolled += periodSeconds
                continue
            }
            let error = setpoint[index] - measurement[index]
            iae += error.magnitude * periodSeconds
            ise += error * error * periodSeconds
            itae += Double(index - changeIndex) * periodSeconds * error.magnitude * periodSeconds
        }
        let tail = measurement.indices.suffix(max(1, measurement.count / 10))
        let last = tail.filter { isControlled[$0] }
        if !last.isEmpty {
            offset = last.reduce(0) { $0 + setpoint[$1] - measurement[$1] } / Double(last.count)
        }
        measureStep(
            periodSeconds: periodSeconds, target: target, measurement: measurement, start: first)
    }

    private mutating func measureStep(
        periodSeconds: Double, target: [Double], measurement: [Double], start: Double
    ) {
        var best = (begin: 0, size: target[0] - start)
        for index in target.indices.dropFirst() {
            let size = target[index] - target[index - 1]
            if size.magnitude > best.size.magnitude { best = (index, size) }
        }
        guard best.size.magnitude >= Self.smallestStep else { return }
        let goal = target[best.begin]
        let end = target[best.begin...].firstIndex { $0 != goal } ?? target.count
        let origin = goal - best.size
        let window = best.begin..<end
        let progress = window.map { (measurement[$0] - origin) / best.size }
        overshoot = max(0, (progress.max() ?? 0) - 1) * best.size.magnitude
        if let low = progress.firstIndex(where: { $0 >= 0.1 }),
            let high = progress.firstIndex(where: { $0 >= 0.9 })
        {
            riseSeconds = Double(high - low) * periodSeconds
        }
        let outside = progress.lastIndex { ($0 - 1).magnitude > 0.02 }
        if let outside, outside + 1 < progress.count {
            settlingSeconds = Double(outside + 1) * periodSeconds
        } else if outside == nil {
            settlingSeconds = 0
        }
    }
}
