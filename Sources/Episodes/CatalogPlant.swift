import Plants

/// The nonlinear plants of the catalog with one command and one output, and their normalisation.
package enum CatalogPlant: String, CaseIterable, Codable, Sendable {
    /// Radiative heater, 20 ... 80 C, 0 ... 100 %.
    case heater
    /// DC motor with Coulomb friction, -100 ... 100 rad/s, -12 ... 12 V.
    case motor
    /// Tank with square-root outflow, 0 ... 100 cm, 0 ... 100 %.
    case tank

    /// Longest Runge-Kutta step against the period: coarser than the simulation's, fine enough for
    /// 1e-4 of the span.
    private var substepSeconds: Double {
        switch self {
        case .heater: 2.5
        case .motor: 0.0034
        case .tank: 0.5
        }
    }

    package var periodSeconds: Double {
        switch self {
        case .heater: 5
        case .motor: 0.01
        case .tank: 1
        }
    }

    /// First order plus dead time about the middle of the range; what a step test would find.
    package var linearised: ChainModel {
        switch self {
        case .heater: ChainModel(gain: 0.85, lags: [102, 20], deadTime: 15)
        case .motor: ChainModel(gain: 0.625, lags: [0.12, 0.015], deadTime: 0.01)
        case .tank: ChainModel(gain: 2, lags: [81, 3], deadTime: 3)
        }
    }

    package var family: PlantFamily {
        var family = PlantFamily(
            name: rawValue, process: .catalog(self), periodSeconds: periodSeconds)
        switch self {
        case .heater: family.setpoints = 0.15...0.55
        case .tank: family.setpoints = 0.15...0.85
        case .motor:
            family.setpoints = 0.1...0.9
            family.isBipolar = true
            family.quantum = 1.0 / 2_048
            // Half the span in each direction: the price in engineering units is the same.
            family.effortWeight = 0.3 / 2
        }
        return family
    }

    func lanes(_ variations: [PlantVariation], periodSeconds: Double) -> PlantLanes {
        let parameters = LaneVariation(variations)
        let lanes = NonlinearLanes(
            plant: plant(parameters), derivatives: plant(parameters),
            inputUnit: Float(inputUnit) * parameters.gain,
            measured: self == .tank ? 0 : 1, low: low, span: span, periodSeconds: periodSeconds,
            substepSeconds: substepSeconds)
        let delays = variations.map {
            max(
                self == .motor ? 1 : 0,
                Int((deadTimeSeconds * $0.deadTime / periodSeconds).rounded()))
        }
        return PlantLanes(lanes, delays: delays)
    }

    private var deadTimeSeconds: Double {
        switch self {
        case .heater: 15
        case .motor: 0.01
        case .tank: 3
        }
    }

    /// Input of the plant for a command of one: V or %.
    package var inputUnit: Double { self == .motor ? 12 : 100 }

    /// Lowest output of the span, in the plant's unit.
    package var low: Double {
        switch self {
        case .heater: 20
        case .motor: -100
        case .tank: 0
        }
    }

    package var span: Double {
        switch self {
        case .heater: 60
        case .motor: 200
        case .tank: 100
        }
    }

    private func plant<Scalar: LaneScalar>(_ variation: LaneVariation) -> AnyPlant<Scalar> {
        func scaled(_ nominal: Double, _ factor: Lanes) -> Scalar {
            Scalar(constant: Float(nominal) * factor)
        }
        switch self {
        case .heater:
            return .heater(
                HeaterPlant(
                    ambient: Scalar(constant: 20 + 5 * variation.surroundings),
                    heatCapacity: scaled(2, variation.firstLag),
                    convection: scaled(10, variation.losses),
                    sensorSeconds: scaled(20, variation.secondLag)))
        case .motor:
            return .motor(
                MotorPlant(
                    inductance: scaled(0.015, variation.secondLag),
                    inertia: scaled(9.2e-4, variation.firstLag),
                    coulomb: scaled(0.092, variation.losses)))
        case .tank:
            return .tank(
                TankPlant(
                    area: scaled(200, variation.firstLag), hole: scaled(0.79, variation.losses),
                    valveSeconds: scaled(3, variation.secondLag)))
        }
    }
}

/// Variations of sixteen plants, one in each lane.
private struct LaneVariation {
    var gain = Lanes.zero
    var firstLag = Lanes.zero
    var secondLag = Lanes.zero
    var surroundings = Lanes.zero
    var losses = Lanes.zero

    init(_ variations: [PlantVariation]) {
        precondition(variations.count == Lanes.scalarCount)
        for (lane, variation) in variations.enumerated() {
            gain[lane] = Float(variation.gain)
            firstLag[lane] = Float(variation.lags[0])
            secondLag[lane] = Float(variation.lags[1])
            surroundings[lane] = Float(variation.surroundings)
            losses[lane] = Float(variation.losses)
        }
    }
}
