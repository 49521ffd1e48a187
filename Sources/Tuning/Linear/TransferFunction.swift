import Glibc

/// A linear process `numerator(s) / denominator(s) * exp(-s dead time)`, strictly proper.
///
/// Coefficients are in ascending powers of s, so that `[1, 5]` is `1 + 5 s`. Time is in seconds.
package struct TransferFunction: Equatable, Sendable {
    /// Powers of s that a denominator may have.
    package static let orderLimit = 20

    package let numerator: [Double]
    package let denominator: [Double]
    package let deadTimeSeconds: Double

    /// - Throws: when the fraction is not strictly proper, is zero, too large in order, or has a
    ///   number that is not finite.
    package init(
        numerator: [Double], denominator: [Double], deadTimeSeconds: Double = 0
    ) throws(TuningFault) {
        let top = Self.trimmed(numerator)
        let bottom = Self.trimmed(denominator)
        guard (numerator + denominator).allSatisfy(\.isFinite) else {
            throw .unusableProcess("a coefficient is not finite")
        }
        guard deadTimeSeconds >= 0, deadTimeSeconds.isFinite else {
            throw .unusableProcess("the dead time is \(deadTimeSeconds) s; allowed: 0 or more")
        }
        guard !top.isEmpty, bottom.count > top.count else {
            throw .unusableProcess("the degree of the denominator must exceed the numerator's")
        }
        guard bottom.count <= Self.orderLimit + 1 else {
            throw .unusableProcess(
                "the order is \(bottom.count - 1); allowed: up to \(Self.orderLimit)")
        }
        self.numerator = top
        self.denominator = bottom
        self.deadTimeSeconds = deadTimeSeconds
    }

    /// `gain (1 + zero s) / ((1 + T1 s) ... (1 + 2 damping Tn s + (Tn s)^2) s^integrators)`.
    ///
    /// - Parameters:
    ///   - zero: The time of `1 + zero s`; negative for an inverse response, 0 for none.
    ///   - pair: Natural time (1 / natural frequency) and damping of an oscillating pair.
    package init(
        gain: Double, lags: [Double] = [], zero: Double = 0,
        pair: (naturalSeconds: Double, damping: Double)? = nil, integrators: Int = 0,
        deadTimeSeconds: Double = 0
    ) throws(TuningFault) {
        var bottom = [1.0]
        for lag in lags where lag != 0 { bottom = Self.product(bottom, [1, lag]) }
        if let pair {
            let natural = pair.naturalSeconds
            bottom = Self.product(bottom, [1, 2 * pair.damping * natural, natural * natural])
        }
        let origin = [Double](repeating: 0, count: max(0, integrators))
        try self.init(
            numerator: [gain, gain * zero], denominator: origin + bottom,
            deadTimeSeconds: deadTimeSeconds)
    }

    package var order: Int { denominator.count - 1 }

    /// Poles at the origin.
    package var integratorCount: Int { denominator.prefix { $0 == 0 }.count }

    /// `numerator / denominator` where s goes to 0, poles at the origin taken out: the steady gain
    /// of a self-regulating process, the velocity gain of an integrating one.
    package var gain: Double { numerator[0] / denominator[integratorCount] }

    /// The response at `frequency` in rad/s, above 0.
    package func response(at frequency: Double) -> Complex {
        let s = Complex(0, frequency)
        let rational = Self.value(numerator, at: s) / Self.value(denominator, at: s)
        return rational * Complex(magnitude: 1, phase: -frequency * deadTimeSeconds)
    }

    /// The same process with a gain and a dead time put in front.
    package func with(gain: Double, moreDeadTimeSeconds: Double) throws(TuningFault) -> Self {
        try TransferFunction(
            numerator: numerator.map { $0 * gain }, denominator: denominator,
            deadTimeSeconds: deadTimeSeconds + moreDeadTimeSeconds)
    }

    /// A time of the process: dead time, and the lags that the first two coefficients stand for.
    package var timeScaleSeconds: Double {
        let lowest = integratorCount
        let next = lowest + 1 <= order ? abs(denominator[lowest + 1] / denominator[lowest]) : 0
        let zero = numerator.count > 1 ? abs(numerator[1] / numerator[0]) : 0
        let sum = deadTimeSeconds + next + (zero.isFinite ? zero : 0)
        return sum > 0 ? sum : 1
    }

    private static func trimmed(_ coefficients: [Double]) -> [Double] {
        Array(coefficients.reversed().drop { $0 == 0 }.reversed())
    }

    private static func product(_ left: [Double], _ right: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: left.count + right.count - 1)
        for (i, a) in left.enumerated() {
            for (j, b) in right.enumerated() { result[i + j] += a * b }
        }
        return result
    }

    private static func value(_ coefficients: [Double], at s: Complex) -> Complex {
        var sum = Complex(0)
        for coefficient in coefficients.reversed() { sum = sum * s + Complex(coefficient) }
        return sum
    }
}
