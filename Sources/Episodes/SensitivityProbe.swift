import Simulation

/// Measures a loop's sensitivity in the time domain: how much of a sine added to the measurement is
/// left in it, feedback included.
///
/// `|S| = |Y + W| / |W|` at the sine's frequency, by correlation over whole turns.
package enum SensitivityProbe {
    /// Samples over which is correlated, and before, in which the loop settles.
    package static let window = 256
    package static let settling = 192
    package static var samples: Int { window + settling }
    /// Parts of the span: small enough for a law to be linear in it.
    package static let amplitude: Float = 0.01

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
