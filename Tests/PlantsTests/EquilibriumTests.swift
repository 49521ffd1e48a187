import Testing

import Plants

@Suite("Steady states")
struct EquilibriumTests {
    /// Drift over 100 periods relative to the output: rounding of a few thousand substeps.
    static let standstill = 1e-9

    @Test("a plant left at its start stays there", arguments: PlantCatalog.names)
    func startHolds(name: String) throws {
        try expectStandstill(name, at: try PlantCatalog.entry(named: name).initialOutput)
    }

    @Test(
        "a plant at a chosen steady state stays there",
        arguments: [
            ("fopdt", [0.6]), ("lag", [0.6]), ("underdamped", [-0.4]), ("integrator", [3]),
            ("inverse-response", [0.6]), ("tclab", [50, 35]), ("heater", [80]), ("motor", [60]),
            ("motor", [-0.5]), ("tank", [50]), ("tank", [0]), ("quadruple-tank", [10, 11]),
            ("cstr", [320]), ("jacket", [60, 72.3022, 12]),
        ])
    func chosenHolds(name: String, output: [Double]) throws {
        try expectStandstill(name, at: output)
    }

    @Test("the reactor rests where the course says at 300 K of coolant")
    func reactorAt300() throws {
        let plant = CstrPlant<Double>()
        let rest = try plant.equilibrium(output: [324.475443431599])
        // The published figures have 14 and 15 digits.
        #expect(abs(rest.state[0] - 0.87725294608097) < 1e-12)
        #expect(abs(rest.input[0] - 300) < 1e-9)
    }

    /// The published figures have six digits.
    @Test(
        "the reactor's unstable middle states are where they were reported",
        arguments: [(350.970, 0.483, 299.709), (352.000, 0.465, 299.413)])
    func reactorMiddle(kelvin: Double, concentration: Double, coolant: Double) throws {
        let rest = try CstrPlant<Double>().equilibrium(output: [kelvin])
        #expect(abs(rest.state[0] - concentration) < 1e-3)
        #expect(abs(rest.input[0] - coolant) < 5e-3)
    }

    @Test("the quadruple tank rests at Johansson's levels with 3 V")
    func quadrupleTankLevels() throws {
        let plant = QuadrupleTankPlant<Double>()
        let rest = try plant.equilibrium(output: plant.initialOutput)
        for (level, published) in zip(rest.state, [12.4, 12.7, 1.8, 1.4]) {
            // Measured on the real tanks, printed with one decimal; the equations differ by 0.25.
            #expect(abs(level - published) < 0.3)
        }
        for volts in rest.input { #expect(abs(volts - 3) < 1e-9) }
    }

    @Test("the TCLab gains 0.599 C a percent, heater 2 off")
    func tclabGain() throws {
        let plant = try PlantCatalog.plant(named: "tclab")
        var simulation = try PlantSimulation(plant, periodSeconds: 10)
        // 30 times the slowest time constant.
        for _ in 0..<420 { simulation.step(input: [10.0, 0].span, load: [0.0, 0].span) }
        #expect(abs((simulation.output(0) - 21) / 10 - 0.599) < 5e-4)
    }

    @Test("the motor sticks: a small voltage hardly turns it, a larger one does")
    func motorSticks() throws {
        let plant = try PlantCatalog.plant(named: "motor")
        var simulation = try PlantSimulation(plant, periodSeconds: 0.01)
        for _ in 0..<300 { simulation.step(input: [0.5].span, load: [0.0].span) }
        #expect(simulation.output(0) < 1)
        for _ in 0..<300 { simulation.step(input: [6.0].span, load: [0.0].span) }
        #expect(simulation.output(0) > 45)
    }

    @Test("a tank never reads below empty, whatever the valve is told")
    func tankRunsEmpty() throws {
        let plant = try PlantCatalog.plant(named: "tank")
        var simulation = try PlantSimulation(plant, periodSeconds: 1)
        for _ in 0..<400 {
            simulation.step(input: [-50.0].span, load: [0.0].span)
            #expect(simulation.output(0) >= 0)
        }
        #expect(simulation.output(0) < 1e-6)
        #expect(abs(simulation.state[0]) < 1e-6)
    }

    @Test("inverse response starts the wrong way")
    func wrongWay() throws {
        let plant = try PlantCatalog.plant(named: "inverse-response")
        var simulation = try PlantSimulation(plant, periodSeconds: 0.1)
        simulation.step(input: [1.0].span, load: [0.0].span)
        #expect(simulation.output(0) < 0)
        for _ in 0..<300 { simulation.step(input: [1.0].span, load: [0.0].span) }
        #expect(abs(simulation.output(0) - 1) < 1e-6)
    }

    private func expectStandstill(_ name: String, at output: [Double]) throws {
        let plant = try PlantCatalog.plant(named: name)
        let rest = try plant.equilibrium(output: output)
        var simulation = try PlantSimulation(
            plant, periodSeconds: plant.typicalPeriodSeconds, start: rest)
        let still = [Double](repeating: 0, count: rest.input.count)
        for _ in 0..<100 { simulation.step(input: rest.input.span, load: still.span) }
        for (index, expected) in output.enumerated() {
            let drift = abs(simulation.output(index) - expected)
            #expect(drift <= Self.standstill * max(1, abs(expected)), "\(name): \(drift)")
        }
    }
}
