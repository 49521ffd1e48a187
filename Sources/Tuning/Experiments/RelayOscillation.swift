import Glibc

/// The oscillation under a relay, read off a recording: the ultimate gain and period.
///
/// The relay with hysteresis e has the describing function 4 d / (pi a) at an angle of asin(e / a):
/// with the amplitude a of the first harmonic `Ku = 4 d / (pi sqrt(a^2 - e^2))` (Astrom and
/// Hagglund, Automatica 20, 1984, 645-651). The measurement's first harmonic is taken over whole
/// cycles, so that noise and the higher harmonics of a first-order process weigh little; the
/// hysteresis makes the oscillation slower than the ultimate one, and no formula can undo that.
package struct RelayOscillation: Equatable, Sendable {
    package let point: UltimatePoint
    /// Of the first harmonic, in the unit of the measurement.
    package let amplitude: Double
    /// Half of the distance between the relay's levels.
    package let relayAmplitude: Double
    /// Whole cycles that were evaluated.
    package let cycles: Int
    /// Largest deviation of a cycle's length from their mean, as a share of it.
    package let irregularity: Double

    /// The first cycle is still the start.
    private static let skippedCycles = 1
    package static let leastCycles = 2
    /// Cycles that differ by more are no steady oscillation.
    package static let irregularityLimit = 0.2
    /// Between the greatest and the least ultimate gain that the step of the sensor leaves possible: of
    /// the gain margin of two or more that the rules leave, 1.6 are left.
    package static let spreadLimit = 1.25

    /// - Parameter hysteresis: half of the relay's dead band, in the unit of the measurement.
    /// - Throws: `notInformative` when the command does not switch between two levels often and
    ///   regularly enough, and when the oscillation is too small for the steps of the measurement.
    package init(_ recording: Recording, hysteresis: Double) throws(TuningFault) {
        let commands = recording.commands
        guard let low = commands.min(), let high = commands.max(), high > low else {
            throw .notInformative("the command never changes")
        }
        let middle = (low + high) / 2
        var rises: [Int] = []
        for index in commands.indices.dropFirst()
        where commands[index - 1] < middle && commands[index] > middle { rises.append(index) }
        let used = Array(rises.dropFirst(Self.skippedCycles))
        guard let begin = used.first, let end = used.last, used.count > Self.leastCycles else {
            throw .notInformative(
                "\(max(0, used.count - 1)) whole cycles after the first; wanted: "
                    + "\(Self.leastCycles) or more")
        }
        let times = recording.times
        let count = used.count - 1
        let period = (times[end] - times[begin]) / Double(count)
        irregularity =
            zip(used.dropFirst(), used).map { abs((times[$0] - times[$1]) / period - 1) }.max() ?? 0
        guard irregularity <= Self.irregularityLimit else {
            throw .notInformative("the cycles differ by \(irregularity * 100) % of their length")
        }
        amplitude = try Self.harmonic(recording, begin..<end, period)
        relayAmplitude = (high - low) / 2
        cycles = count
        guard amplitude > hysteresis else {
            throw .notInformative("the amplitude \(amplitude) is within the hysteresis")
        }
        let effective = (amplitude * amplitude - hysteresis * hysteresis).squareRoot()
        point = UltimatePoint(
            gain: 4 * relayAmplitude / (.pi * effective), periodSeconds: period)
        try Self.checkSpread(
            amplitude: amplitude, hysteresis: hysteresis,
            step: Self.step(of: recording.measurements[begin..<end]))
    }

    /// A converter's step q hides where the relay switched by q/2, and moves the amplitude of what it
    /// makes of a sine by up to a quarter of q where q is as large as the sine (the harmonic of a
    /// rounded sine, whose describing function is between 0 and 1.27).
    private static func checkSpread(
        amplitude: Double, hysteresis: Double, step: Double
    ) throws(TuningFault) {
        /// The amplitude that counts beside a threshold.
        func effective(_ amplitude: Double, _ threshold: Double) -> Double {
            max(0, amplitude * amplitude - threshold * threshold).squareRoot()
        }
        let most = effective(amplitude + step / 4, max(0, hysteresis - step / 2))
        let least =
            amplitude - step / 4 > 0
            ? effective(amplitude - step / 4, hysteresis + step / 2) : 0
        guard most <= spreadLimit * least else {
            throw .notInformative(
                "the oscillation of \(amplitude) is too small for a hysteresis of \(hysteresis) and "
                    + "a sensor with steps of \(step): the ultimate gain may be another one by a "
                    + "factor above \(spreadLimit). Wanted: a larger amplitude of the relay"
                    + (hysteresis > step ? " or a smaller hysteresis" : ""))
        }
    }

    /// The smallest difference between two readings: the step of a converter, where there is one, and
    /// next to nothing otherwise.
    private static func step(of measurements: ArraySlice<Double>) -> Double {
        let levels = Set(measurements.filter { !$0.isNaN }).sorted()
        return zip(levels.dropFirst(), levels).map { $0 - $1 }.min() ?? .infinity
    }

    /// By least squares of level, sine and cosine: times need not be equally spaced.
    private static func harmonic(
        _ recording: Recording, _ range: Range<Int>, _ period: Double
    ) throws(TuningFault) -> Double {
        let known = range.filter { !recording.measurements[$0].isNaN }
        let turns = known.map { 2 * Double.pi * recording.times[$0] / period }
        let columns = [
            [Double](repeating: 1, count: known.count), turns.map { sin($0) },
            turns.map { cos($0) },
        ]
        let target = known.map { recording.measurements[$0] }
        guard let fit = LinearFit(columns: columns, target: target) else {
            throw .notInformative("too few measurements in the cycles")
        }
        return hypot(fit.coefficients[1], fit.coefficients[2])
    }
}
