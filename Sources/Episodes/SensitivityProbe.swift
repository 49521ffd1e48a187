import Simulation

/// Measures a loop's sensitivity in the time domain: how much of a sine added to the measurement is
/// left in it, feedback included: `|S| = |Y + W| / |W|`.
package struct SensitivityProbe: Equatable, Sendable {
    /// Samples that count, whole turns of the sine.
    package let window: Int

    /// What most frequencies are seen in.
    package static let usual = SensitivityProbe(window: 256)
    /// For loops that hunt so slowly that a usual window takes it for an offset.
    package static let slow = SensitivityProbe(window: 1_024)

    /// Samples before those that count, in which the loop settles.
    package static let settling = 192
    /// Samples of a drawn probe before those, without a gradient, whole windows: a slow hunt begins
    /// late.
    package static let lead = 1_024
    /// What is asked of a loop.
    package struct Demand: Equatable, Sendable {
        /// Amplitudes that are tried, parts of the span.
        package let amplitudes: ClosedRange<Double>
        /// Sensitivity from which on it costs.
        package let limit: Float

        /// To keep its margins. Amplitudes from those that drown in the noise on, where a law could hunt
        /// unseen, to those of a small step; a limit below the goal for the peak, which lies between
        /// the frequencies that are tried.
        package static let robust = Demand(amplitudes: 0.0008...0.012, limit: 1.6)
        /// Not to hunt, far from the nominal plant, where it may be less robust. A hunt hides behind a sine
        /// that is no smaller: amplitudes from less than half a step of the sensor on.
        package static let calm = Demand(amplitudes: 0.0001...0.002, limit: 3)
    }

    /// Command range per span up to which the amplitudes need not be smaller.
    package static let usualGain: Float = 4

    /// - Precondition: a divisor of the lead.
    private init(window: Int) {
        precondition(Self.lead.isMultiple(of: window))
        self.window = window
    }

    package var samples: Int { window + Self.settling }
    /// Turns in a window that are tried: peaks of the sensitivity lie among them.
    package var turns: ClosedRange<Double> { 1...(0.46875 * Double(window)) }

    /// Sine and cosine at a sample, for turns in a window.
    package func wave(_ turns: Lanes, at sample: Int) -> (sine: Lanes, cosine: Lanes) {
        var (sine, cosine) = (Lanes.zero, Lanes.zero)
        for lane in 0..<Lanes.scalarCount {
            let phase = Double(turns[lane]) * Double(sample) / Double(window)
            sine[lane] = Float(Sine.value(turns: phase))
            cosine[lane] = Float(Sine.value(turns: phase + 0.25))
        }
        return (sine, cosine)
    }
}
