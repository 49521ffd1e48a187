package import Episodes

/// Families for tests: one of each kind that a plant can be, with dead times that are no multiple
/// of the period.
package enum ReferenceFamilies {
    package static let fractional = family(
        "first order, 4.3 periods of dead time", ChainModel(gain: 1, lags: [1], deadTime: 0.43),
        periodSeconds: 0.1)
    package static let integrating: PlantFamily = {
        var result = family(
            "integrator", ChainModel(gain: 0.5, lags: [0.3], deadTime: 0.25, isIntegrating: true),
            periodSeconds: 0.1)
        result.isBipolar = true
        return result
    }()
    package static let heater = CatalogPlant.heater.family
    package static let motor = CatalogPlant.motor.family
    package static let tank = CatalogPlant.tank.family

    package static let linear: [PlantFamily] = [
        fractional,
        family(
            "eight lags", ChainModel(gain: 1, lags: [Double](repeating: 1, count: 8)),
            periodSeconds: 0.8),
        family(
            "oscillating pair",
            ChainModel(
                gain: 0.9, lags: [0.5], deadTime: 0.12, pair: .init(time: 0.7, damping: 0.2)),
            periodSeconds: 0.1),
        family(
            "pair alone",
            ChainModel(gain: 1, lags: [], deadTime: 0.2, pair: .init(time: 1, damping: 0.6)),
            periodSeconds: 0.1),
        family(
            "inverse response", ChainModel(gain: 1, lags: [1, 1, 1], zero: -0.8),
            periodSeconds: 0.2),
        integrating,
    ]
    package static let nonlinear = [heater, motor, tank]

    private static func family(
        _ name: String, _ chain: ChainModel, periodSeconds: Double
    ) -> PlantFamily {
        PlantFamily(name: name, process: .chain(chain), periodSeconds: periodSeconds)
    }
}
