import Simulation

/// Measures a loop's sensitivity in the time domain: how much of a sine added to the measurement is
/// left in it, feedback included: `|S| = |Y + W| / |W|`.
package enum SensitivityProbe {
    /// Samples that count, whole turns of the sine, and those before, in which the loop settles.
    package static let window = 256
    package static let settling = 192
    /// Samples of a drawn probe before those, without a gradient: a slow hunt begins late.
    package static let lead = 4 * window
    package static var samples: Int { window + settling }
    /// Amplitudes that are tried, parts of the span: from those that drown in the noise on, where a law could
    /// hunt unseen, to those of a small step.
    package static let amplitudes = 0.0008...0.012
    /// Turns in a window that are tried: peaks of the sensitivity lie among them.
    package static let turns = 1.0...120
    /// Command range per span up to which the amplitudes need not be smaller.
    package static let usualGain: Float = 4

    /// Sine and cosine at a sample, for turns in a window.
    package static func wave(_ turns: Lanes, at sample: Int) -> (sine: Lanes, cosine: Lanes) {
        var (sine, cosine) = (Lanes.zero, Lanes.zero)
        for lane in 0..<Lanes.scalarCount {
            let phase = Double(turns[lane]) * Double(sample) / Double(window)
            sine[lane] = Float(Sine.value(turns: phase))
            cosine[lane] = Float(Sine.value(turns: phase + 0.25))
        }
        return (sine, cosine)
    }
}
