import Glibc

/// Where a proportional loop begins to oscillate for ever: the ultimate gain and period.
package struct UltimatePoint: Equatable, Sendable {
    /// Ku, with the sign of the process.
    package var gain: Double
    /// Tu.
    package var periodSeconds: Double

    package init(gain: Double, periodSeconds: Double) {
        self.gain = gain
        self.periodSeconds = periodSeconds
    }

    /// The first frequency where the phase passes -180 degrees, to the last bit that bisection has.
    ///
    /// - Throws: `noSolution` for a process that no proportional gain makes oscillate.
    package init(of process: TransferFunction) throws(TuningFault) {
        let sign = process.gain < 0 ? -1.0 : 1
        func imaginary(_ frequency: Double) -> Double {
            sign * process.response(at: frequency).imaginary
        }
        let step = 1.01
        var low = 1e-4 / process.timeScaleSeconds
        let end = 1e8 / process.timeScaleSeconds
        while low < end {
            // Not past a turn of the dead time's phase.
            let fine = process.deadTimeSeconds > 0 ? 0.05 / process.deadTimeSeconds : .infinity
            let high = min(low * step, low + fine)
            let isBehind = sign * process.response(at: high).real < 0
            if imaginary(low) < 0, imaginary(high) >= 0, isBehind {
                let frequency = Bisection.root(low, high) { imaginary($0) }
                let found = process.response(at: frequency)
                self.init(gain: -1 / found.real, periodSeconds: 2 * .pi / frequency)
                return
            }
            low = high
        }
        throw .noSolution("the phase never passes -180 degrees: there is no ultimate gain")
    }
}
