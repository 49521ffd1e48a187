import Episodes

/// The price of a sensitivity above its limit, and its slope with regard to each measurement.
struct SensitivityCost {
    /// Sensitivity from which on it costs: below the goal for the peak, which lies between the
    /// frequencies that are tried.
    static let limit: Float = 1.6
    /// Price of the square of an excess of 1, in units of parity.
    static let price: Float = 40

    private let turns: Lanes
    private let amplitude: Float
    /// In-phase and quadrature parts of the measurement, parts of the amplitude.
    private var inPhase = Lanes.zero
    private var quadrature = Lanes.zero

    /// - Parameter measurement: with the sine, at each sample of the block.
    init(turns: Lanes, amplitude: Float, measurement: (Int) -> Lanes) {
        self.turns = turns
        self.amplitude = amplitude
        for sample in SensitivityProbe.settling..<SensitivityProbe.samples {
            let wave = SensitivityProbe.wave(turns, at: sample)
            let value = measurement(sample)
            inPhase += value * wave.sine
            quadrature += value * wave.cosine
        }
        let scale = 2 / (Float(SensitivityProbe.window) * amplitude)
        inPhase *= scale
        quadrature *= scale
    }

    var sensitivity: Lanes { (inPhase * inPhase + quadrature * quadrature).squareRoot() }

    private var excess: Lanes { Lanes.maximum(sensitivity - Self.limit, .zero) }

    var cost: Lanes { Self.price * excess * excess }

    /// The cost's slope with regard to the measurement of a sample.
    func slope(at sample: Int) -> Lanes {
        guard sample >= SensitivityProbe.settling else { return .zero }
        let wave = SensitivityProbe.wave(turns, at: sample)
        let direction = (inPhase * wave.sine + quadrature * wave.cosine) / sensitivity
        let scale = 2 / (Float(SensitivityProbe.window) * amplitude)
        return 2 * Self.price * scale * excess * direction
    }
}
