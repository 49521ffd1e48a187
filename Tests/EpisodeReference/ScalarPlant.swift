package import Episodes
package import Plants

/// One plant of a family in double precision, integrated by fine Runge-Kutta steps behind an exact
/// dead time: what a lane of sixteen is compared with. Normalised as the lanes are.
package struct ScalarPlant {
    private var simulation: PlantSimulation<AnyPlant<Double>>
    private let inputUnit: Double
    private let low: Double
    private let span: Double
    /// The command that holds the output it starts at.
    package let startCommand: Double

    package init(
        _ family: PlantFamily, _ variation: PlantVariation, output: Double
    ) throws(PlantFault) {
        let plant: AnyPlant<Double>
        switch family.process {
        case .chain(let chain):
            plant = try Self.linear(chain, variation)
            (inputUnit, low, span) = (1, 0, 1)
        case .catalog(let kind):
            plant = Self.nonlinear(kind, variation, periodSeconds: family.periodSeconds)
            switch kind {
            case .heater: (inputUnit, low, span) = (100 * variation.gain, 20, 60)
            case .motor: (inputUnit, low, span) = (12 * variation.gain, -100, 200)
            case .tank: (inputUnit, low, span) = (100 * variation.gain, 0, 100)
            }
        case .linear: preconditionFailure("states are compared with chains, not here")
        }
        let rest = try plant.equilibrium(output: [output * span + low])
        startCommand = rest.input[0] / inputUnit
        simulation = try PlantSimulation(
            plant, periodSeconds: family.periodSeconds, start: rest)
    }

    private static func linear(
        _ chain: ChainModel, _ variation: PlantVariation
    ) throws(PlantFault) -> AnyPlant<Double> {
        var lags: [Double] = []
        for (lag, factor) in zip(chain.lags, variation.lags) { lags.append(lag * factor) }
        return .linear(
            try LinearPlant(
                gain: chain.gain * variation.gain, lags: lags,
                zero: chain.zero * variation.deadTime,
                pair: chain.pair.map { ($0.time * variation.lags[0], $0.damping) },
                isIntegrating: chain.isIntegrating,
                deadTimeSeconds: chain.deadTime * variation.deadTime))
    }

    /// The lanes round the dead time of these to whole periods, one at least for the motor.
    private static func nonlinear(
        _ kind: CatalogPlant, _ variation: PlantVariation, periodSeconds: Double
    ) -> AnyPlant<Double> {
        func rounded(_ seconds: Double, atLeast least: Double = 0) -> Double {
            let periods = (seconds * variation.deadTime / periodSeconds).rounded()
            return max(least, periods) * periodSeconds
        }
        switch kind {
        case .heater:
            return .heater(
                HeaterPlant(
                    ambient: 20 + 5 * variation.surroundings,
                    heatCapacity: 2 * variation.lags[0], convection: 10 * variation.losses,
                    sensorSeconds: 20 * variation.lags[1], deadTimeSeconds: rounded(15)))
        case .motor:
            return .motor(
                MotorPlant(
                    inductance: 0.015 * variation.lags[1], inertia: 9.2e-4 * variation.lags[0],
                    coulomb: 0.092 * variation.losses,
                    deadTimeSeconds: rounded(0.01, atLeast: 1)))
        case .tank:
            return .tank(
                TankPlant(
                    area: 200 * variation.lags[0], hole: 0.79 * variation.losses,
                    valveSeconds: 3 * variation.lags[1], deadTimeSeconds: rounded(3)))
        }
    }

    package var output: Double { (simulation.output(0) - low) / span }

    /// One period under a held command and a load on the delayed command.
    package mutating func step(command: Double, load: Double) {
        let (inputs, loads) = ([command * inputUnit], [load * inputUnit])
        simulation.step(input: inputs.span, load: loads.span)
    }
}
