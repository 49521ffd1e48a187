extension PlantFamily {
    /// The gain of the linear families: what a process asks of an actuator that is not too large.
    private static let usualGain = 1.25

    /// The 21 plants on which specialists are scored: lag- and delay-dominant, of high order, with
    /// inverse response, integrating, and three nonlinear ones.
    package static let specialists: [PlantFamily] = {
        func chain(_ lags: [Double], deadTime: Double = 0, zero: Double = 0) -> ChainModel {
            ChainModel(gain: usualGain, lags: lags, deadTime: deadTime, zero: zero)
        }
        let linear: [(String, ChainModel)] = [
            ("fopdt05", chain([0.95], deadTime: 0.05)), ("fopdt10", chain([0.9], deadTime: 0.1)),
            ("fopdt30", chain([0.7], deadTime: 0.3)), ("fopdt50", chain([0.5], deadTime: 0.5)),
            ("fopdt70", chain([0.3], deadTime: 0.7)),
            ("lag3", chain([1, 1, 1])), ("lag4", chain([1, 1, 1, 1])),
            ("lag6", chain([Double](repeating: 1, count: 6))),
            ("lag8", chain([Double](repeating: 1, count: 8))),
            ("alph2", chain([1, 0.2, 0.04, 0.008])), ("alph5", chain([1, 0.5, 0.25, 0.125])),
            ("alph8", chain([1, 0.8, 0.64, 0.512])),
            ("sopdt1", chain([1, 1], deadTime: 1)), ("sopdt5", chain([5, 5], deadTime: 1)),
            ("nmp05", chain([1, 1, 1], zero: -0.5)), ("nmp15", chain([1, 1, 1], zero: -1.5)),
            ("dom3", chain([1, 0.2, 0.2])),
            (
                "integ",
                ChainModel(gain: 0.25, lags: [1], deadTime: 0.3, isIntegrating: true)
            ),
        ]
        return linear.map { PlantFamily(name: $0.0, $0.1) }
            + CatalogPlant.allCases.map(\.family)
    }()
}
