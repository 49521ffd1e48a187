import Episodes

/// The price of a sensitivity above its limit, and its slope with regard to each measurement.
///
/// The sensitivity is read off the power of the measurement, not off its part at the sine's own
/// frequency: a loop that hunts at another one costs too.
struct SensitivityCost {
    /// Price of the square of a small excess, in parts of a tenth of parity; a large one, of a loop
    /// that hunts, costs in proportion.
    static let price: Float = 200

    /// Deviation from rest at each sample of the window.
    private let deviations: [Lanes]
    private let amplitude: Lanes
    /// Sensitivity from which on it costs.
    private let limit: Lanes
    /// Of a sine: the root of twice the mean square, over the amplitude.
    let sensitivity: Lanes

    /// - Parameters:
    ///   - samples: of the block.
    ///   - deviation: of the measurement, sine included, at each sample of the block.
    init(amplitude: Lanes, limit: Lanes, samples: Int, deviation: (Int) -> Lanes) {
        self.amplitude = amplitude
        self.limit = limit
        deviations = (SensitivityProbe.settling..<samples).map(deviation)
        let power = deviations.reduce(Lanes.zero) { $0 + $1 * $1 }
        sensitivity =
            (power * (2 / Float(deviations.count))).squareRoot() / amplitude
    }

    private var excess: Lanes { Lanes.maximum(sensitivity - limit, .zero) }

    var cost: Lanes { Self.price * excess * excess / (1 + excess) }

    /// The cost's slope with regard to the measurement of a sample.
    func slope(at sample: Int) -> Lanes {
        guard sample >= SensitivityProbe.settling else { return .zero }
        let share = deviations[sample - SensitivityProbe.settling] / (amplitude * amplitude)
        let scale = 2 / Float(deviations.count)
        let steepness = excess * (2 + excess) / ((1 + excess) * (1 + excess))
        return Self.price * steepness * scale * share / Lanes.maximum(sensitivity, Lanes(1e-6))
    }
}
