import Glibc

/// How far a loop is from instability, from the frequency response L of its open loop.
///
/// The response is looked at on a grid and each extreme and crossing then refined to 1e-9 of its
/// value. The grid steps are at most 2 % of the frequency and 0.1 rad of the given delay: what is
/// narrower than that (a resonance damped below about 0.01) may be missed.
package struct LoopMargins: Equatable, Sendable {
    /// By Nyquist: 1 + L turns as it must for a stable closed loop. Nothing else here means
    /// anything when it is false.
    package var isStable = false
    /// Ms = max |1 / (1 + L)|.
    package var ms = 0.0
    /// Where that is, in rad/s.
    package var msFrequency = 0.0
    /// Mt = max |L / (1 + L)|.
    package var mt = 0.0
    /// The factor by which the gain may rise; infinite when L never crosses the axis between -1 and
    /// 0.
    package var gainMargin = Double.infinity
    /// The factor, below 1, to which the gain may fall; 0 when it may vanish.
    package var lowerGainMargin = 0.0
    /// In degrees of lag.
    package var phaseMarginDegrees = Double.infinity
    /// Dead time that may be added, in seconds.
    package var delayMarginSeconds = Double.infinity

    /// Steps of the grid as a share of the frequency.
    private static let gridRatio = 1.02
    /// Turn of the dead time in one step of the grid, in radians.
    private static let gridTurn = 0.1
    private static let refinement = 1e-10

    /// Of any loop whose open loop has no pole in the right half plane (outside the unit circle).
    ///
    /// - Parameters:
    ///   - frequencies: rad/s; at the lower end the integrators dominate, at the upper end L is
    ///     negligible, or it is half the sampling frequency.
    ///   - originPoles: poles of L at s = 0 (z = 1).
    ///   - delaySeconds: the longest dead time in L.
    ///   - response: L at a frequency in rad/s.
    package init(
        frequencies: ClosedRange<Double>, originPoles: Int, delaySeconds: Double,
        response: (Double) -> Complex
    ) {
        let grid = Self.grid(frequencies, delaySeconds: delaySeconds)
        let values = grid.map(response)
        findPeaks(grid, values, response)
        findCrossings(grid, values, response)
        isStable = Self.turnsAsStable(values, originPoles: originPoles)
    }

    package static func grid(_ range: ClosedRange<Double>, delaySeconds: Double) -> [Double] {
        let turn = delaySeconds > 0 ? gridTurn / delaySeconds : .infinity
        var grid: [Double] = []
        var frequency = range.lowerBound
        while frequency < range.upperBound {
            grid.append(frequency)
            frequency = min(frequency * gridRatio, frequency + turn)
        }
        grid.append(range.upperBound)
        return grid
    }

    /// The poles of the closed loop are all on the good side when 1 + L turns by a quarter for each
    /// pole of L at the origin, from frequency 0 to the end; each pole on the bad side takes half a
    /// turn from that (the principle of the argument).
    package static func turnsAsStable(_ values: [Complex], originPoles: Int) -> Bool {
        let one = Complex(1)
        var turned = 0.0
        for index in values.indices.dropFirst() {
            turned += ((one + values[index]) / (one + values[index - 1])).phase
        }
        return abs(turned - Double(originPoles) * .pi / 2) < .pi / 2
    }

    private mutating func findPeaks(
        _ grid: [Double], _ values: [Complex], _ response: (Double) -> Complex
    ) {
        let sensitivity = { (l: Complex) in 1 / (Complex(1) + l).magnitude }
        let complementary = { (l: Complex) in l.magnitude / (Complex(1) + l).magnitude }
        (ms, msFrequency) = Self.peak(grid, values, response, sensitivity)
        (mt, _) = Self.peak(grid, values, response, complementary)
    }

    private static func peak(
        _ grid: [Double], _ values: [Complex], _ response: (Double) -> Complex,
        _ size: (Complex) -> Double
    ) -> (height: Double, frequency: Double) {
        let sizes = values.map(size)
        // One step from its top a peak has lost far less than this share, unless it is a resonance.
        let worth = 0.9 * (sizes.max() ?? 0)
        var best = (height: 0.0, frequency: grid[0])
        for index in grid.indices where sizes[index] >= worth {
            let left = max(0, index - 1)
            let right = min(grid.count - 1, index + 1)
            guard sizes[index] >= sizes[left], sizes[index] >= sizes[right] else { continue }
            let frequency = GoldenSection.maximum(
                grid[left], grid[right], relative: refinement
            ) { size(response($0)) }
            let height = max(size(response(frequency)), sizes[index])
            if height > best.height { best = (height, frequency) }
        }
        return best
    }

    private mutating func findCrossings(
        _ grid: [Double], _ values: [Complex], _ response: (Double) -> Complex
    ) {
        for index in 1..<grid.count {
            let (before, after) = (values[index - 1], values[index])
            let (low, high) = (grid[index - 1], grid[index])
            if (before.magnitude > 1) != (after.magnitude > 1) {
                let frequency = Bisection.root(low, high) { response($0).magnitude - 1 }
                let lag = response(frequency).phase + .pi
                phaseMarginDegrees = min(phaseMarginDegrees, lag * 180 / .pi)
                delayMarginSeconds = min(delayMarginSeconds, lag / frequency)
            }
            let isNegative = before.real < 0 && after.real < 0
            if isNegative, (before.imaginary > 0) != (after.imaginary > 0) {
                let frequency = Bisection.root(low, high) { response($0).imaginary }
                let size = response(frequency).magnitude
                if size < 1 {
                    gainMargin = min(gainMargin, 1 / size)
                } else {
                    lowerGainMargin = max(lowerGainMargin, 1 / size)
                }
            }
        }
    }
}
