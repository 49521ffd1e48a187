package import Episodes
package import Plants
import Tuning

/// Peak of the sensitivity of sampled PIDs on the nominal plants of a family, from exact responses.
package struct SampledSensitivity: Sendable {
    /// Radians a sample.
    private let angles: [Double]
    /// Responses of the plant, span of the command included, about each operating point.
    private let plants: [[Complex]]
    private let originPoles: Int

    /// Where in the range of setpoints a nonlinear plant is linearised.
    private static let places = [0.1, 0.3, 0.5, 0.7, 0.9]
    private static let lowest = 1e-4

    package init(_ family: PlantFamily) throws(PlantFault) {
        let variation = PlantVariation(lagCount: family.lagCount)
        let lanes = family.plants([PlantVariation](repeating: variation, count: Lanes.scalarCount))
        let angles = LoopMargins.grid(
            Self.lowest...Double.pi, delaySeconds: Double(lanes.delays.max() ?? 0))
        self.angles = angles
        originPoles = family.linearised.isIntegrating ? 2 : 1
        let isLinear = if case .catalog = family.process { false } else { true }
        let range = family.setpoints
        var plants: [[Complex]] = []
        for place in isLinear ? [0.5] : Self.places {
            let output = range.lowerBound + place * (range.upperBound - range.lowerBound)
            let model = try lanes.linearised(lane: 0, output: Lanes(output))
            plants.append(angles.map { family.commandSpan * model.response(at: $0) })
        }
        self.plants = plants
    }

    /// The largest peak; nil when a loop is unstable.
    package func peak(_ gains: SamplePIDGains) -> Double? {
        let law = angles.map { gains.response(at: $0) }
        var peak = 0.0
        for plant in plants {
            let loop = zip(plant, law).map { $0 * $1 }
            let poles = gains.integral == 0 ? originPoles - 1 : originPoles
            guard LoopMargins.turnsAsStable(loop, originPoles: poles) else { return nil }
            for value in loop { peak = max(peak, 1 / (Complex(1) + value).magnitude) }
        }
        return peak
    }
}
