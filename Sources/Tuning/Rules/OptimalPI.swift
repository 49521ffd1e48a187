import Glibc

/// The PI with the largest integral gain among those with a given sensitivity peak.
///
/// Maximise ki subject to |1 + L(jw)| >= 1 / Ms at every w (Astrom, Panagopoulos and Hagglund,
/// Automatica 34, 1998, 585-601): it makes the integral of the error after a load step smallest.
/// For one kp and one w, with P(jw) = a + jb and k = ki / w, the condition is `k^2 |P|^2 + 2 k b +
/// |1 + kp P|^2 >= 1 / Ms^2`, so that the first forbidden k is a root of a square equation: no
/// search over ki is needed, and the envelope ki(kp) is exact at each w.
package enum OptimalPI {
    /// Values of kp that are looked at before the best is refined.
    private static let scanCount = 120
    private static let refinement = 1e-9

    /// - Parameter ms: the allowed peak, above 1.
    /// - Throws: `noSolution` for a process that no PI with a positive product of gains meets it.
    package static func gains(
        for process: TransferFunction, ms: Double
    ) throws(TuningFault) -> PIDGains {
        precondition(ms > 1)
        let sign = process.gain < 0 ? -1.0 : 1
        let envelope = Envelope(process, sign: sign, bound: 1 / (ms * ms))
        let top = try envelope.largestProportional()
        var best = (kp: 0.0, ki: envelope.integral(0))
        for index in 1..<scanCount {
            let kp = top * Double(index) / Double(scanCount)
            let ki = envelope.integral(kp)
            if ki > best.ki { best = (kp, ki) }
        }
        let step = top / Double(scanCount)
        let kp = GoldenSection.maximum(
            max(0, best.kp - step), min(top, best.kp + step), relative: refinement
        ) { envelope.integral($0) }
        let ki = envelope.integral(kp)
        guard ki > 0, ki.isFinite, kp > 0 else {
            throw .noSolution("no PI reaches a sensitivity peak of \(ms)")
        }
        return PIDGains(kp: sign * kp, tiSeconds: kp / ki)
    }

    /// The largest ki for each kp.
    struct Envelope {
        private let grid: [Double]
        private let values: [Complex]
        private let bound: Double
        private let response: (Double) -> Complex

        /// - Parameter bound: smallest allowed |1 + L|^2.
        init(_ process: TransferFunction, sign: Double, bound: Double) {
            let scale = process.timeScaleSeconds
            response = { sign * process.response(at: $0) }
            var high = 1e6 / scale
            // Where the gain has fallen to a thousandth of that at the first turn by 90 degrees.
            let low = 1e-4 / scale
            let reference = process.response(at: 1 / scale).magnitude
            while high > 1e3 * low, process.response(at: high / 1.1).magnitude < 1e-3 * reference {
                high /= 1.1
            }
            grid = LoopMargins.grid(low...high, delaySeconds: process.deadTimeSeconds)
            values = grid.map(response)
            self.bound = bound
        }

        /// The smallest of the first forbidden ki over all frequencies; negative infinity when this
        /// kp alone is too much.
        func integral(_ kp: Double) -> Double {
            var least = Double.infinity
            var place = 0
            for index in grid.indices {
                let ki = forbidden(kp, grid[index], values[index])
                if ki < least { (least, place) = (ki, index) }
            }
            guard least.isFinite else { return least }
            let low = grid[max(0, place - 1)]
            let high = grid[min(grid.count - 1, place + 1)]
            let frequency = GoldenSection.maximum(low, high, relative: 1e-8) {
                -forbidden(kp, $0, response($0))
            }
            return min(least, forbidden(kp, frequency, response(frequency)))
        }

        /// The largest kp that is allowed without any ki, or where the dead time first forbids it.
        func largestProportional() throws(TuningFault) -> Double {
            var high = 1.0
            let isAllowed = { (kp: Double) in integral(kp) > 0 }
            for _ in 0..<200 where isAllowed(high) { high *= 2 }
            for _ in 0..<200 where !isAllowed(high / 2) { high /= 2 }
            guard !isAllowed(high), isAllowed(high / 2) else {
                throw .noSolution("any proportional gain is allowed: there is no optimum")
            }
            return Bisection.edge(high / 2, high, relative: 1e-9, isAllowed)
        }

        private func forbidden(_ kp: Double, _ frequency: Double, _ p: Complex) -> Double {
            let square = p.real * p.real + p.imaginary * p.imaginary
            let loop = Complex(1 + kp * p.real, kp * p.imaginary)
            let room = loop.real * loop.real + loop.imaginary * loop.imaginary - bound
            if room < 0 { return -.infinity }
            let root = p.imaginary * p.imaginary - square * room
            if p.imaginary >= 0 || root < 0 { return .infinity }
            // -b - sqrt(root) loses digits; the product of both roots is room / |P|^2.
            return frequency * room / (-p.imaginary + root.squareRoot())
        }
    }
}
