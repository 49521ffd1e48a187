package import Tuning

/// A linear process as a chain, normalised: command and output in parts of their ranges.
///
/// `gain (1 + zero s) / ((T1 s + 1) ...) * 1 / (T^2 s^2 + 2 damping T s + 1) * 1/s * e^(-L s)`,
/// each part but the gain optional. Times in seconds. It covers the test batch of Astrom and
/// Hagglund and what an identification finds.
package struct ChainModel: Codable, Equatable, Sendable {
    package var gain: Double
    package var lags: [Double]
    package var deadTime: Double
    /// Negative for an inverse response.
    package var zero: Double
    package var pair: Pair?
    package var isIntegrating: Bool

    /// An oscillating pair of poles: natural time and damping.
    package struct Pair: Codable, Equatable, Sendable {
        package var time: Double
        package var damping: Double

        package init(time: Double, damping: Double) {
            self.time = time
            self.damping = damping
        }
    }

    package init(
        gain: Double, lags: [Double], deadTime: Double = 0, zero: Double = 0, pair: Pair? = nil,
        isIntegrating: Bool = false
    ) {
        self.gain = gain
        self.lags = lags
        self.deadTime = deadTime
        self.zero = zero
        self.pair = pair
        self.isIntegrating = isIntegrating
    }

    /// Average residence time; an integrator counts as nothing.
    package var residenceTime: Double {
        let slow = pair.map { 2 * $0.damping * $0.time } ?? 0
        return lags.reduce(slow + deadTime, +) - min(zero, 0)
    }

    /// All lags, those of a pair included.
    private var allLags: [Double] { lags + (pair.map { [$0.time, $0.time] } ?? []) }

    /// A model of one or two lags by the half rule, with `hold` of a period for the sampling.
    package func reduced(order: Int, periodSeconds: Double = 0) throws(TuningFault) -> ProcessModel
    {
        try ProcessModel.byHalfRule(
            gain: gain, lags: allLags, inverseZeros: [max(0, -zero)], deadTimeSeconds: deadTime,
            isIntegrating: isIntegrating, periodSeconds: periodSeconds, order: order)
    }

    /// A sample time for it: a fifth of the effective dead time, but between 1/60 and 1/20 of the
    /// residence time.
    package var samplePeriod: Double {
        let effective = (try? reduced(order: 1))?.deadTimeSeconds ?? deadTime
        return min(max(effective / 5, residenceTime / 60), residenceTime / 20)
    }

    /// `dx/dt = A x + B u`, `y = C x`.
    package var stateSpace: StateSpace {
        let order = lags.count + (pair == nil ? 0 : 2) + (isIntegrating ? 1 : 0)
        var a = Matrix(rows: order, columns: order)
        var b = [Double](repeating: 0, count: order)
        var index = 0
        // What drives the next stage: a row of the state and a part of the input.
        var drive = (row: [Double](repeating: 0, count: order), input: 1.0)
        for (position, lag) in lags.enumerated() {
            for column in 0..<order { a[index, column] = drive.row[column] / lag }
            a[index, index] -= 1 / lag
            b[index] = drive.input / lag
            drive = ([Double](repeating: 0, count: order), 0)
            if position == 0 && zero != 0 {
                // (1 + z s) / (T s + 1) = z/T + (1 - z/T) / (T s + 1)
                drive.row[index] = 1 - zero / lag
                drive.input = zero / lag
            } else {
                drive.row[index] = 1
            }
            index += 1
        }
        if let pair {
            let stiffness = 1 / (pair.time * pair.time)
            a[index, index + 1] = 1
            for column in 0..<order { a[index + 1, column] = drive.row[column] * stiffness }
            a[index + 1, index] -= stiffness
            a[index + 1, index + 1] = -2 * pair.damping / pair.time
            b[index + 1] = drive.input * stiffness
            drive = ([Double](repeating: 0, count: order), 0)
            drive.row[index] = 1
            index += 2
        }
        if isIntegrating {
            for column in 0..<order { a[index, column] = drive.row[column] }
            b[index] = drive.input
            drive = ([Double](repeating: 0, count: order), 0)
            drive.row[index] = 1
        }
        precondition(drive.input == 0, "a zero needs a second pole")
        return StateSpace(a: a, b: b, c: drive.row.map { $0 * gain })
    }
}
