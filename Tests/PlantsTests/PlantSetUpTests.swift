import Testing

import Plants

@Suite("Setting up a plant and its simulation")
struct PlantSetUpTests {
    @Test("a linear plant without a pole, or with too many, is refused", arguments: [0, 33])
    func unusableOrder(order: Int) {
        #expect(throws: PlantFault.unusableOrder(found: order, allowed: 1...32)) {
            try LinearPlant(gain: 1.0, lags: [Double](repeating: 1, count: order))
        }
    }

    @Test("a lag that is not positive is refused", arguments: [0, -1, .infinity])
    func unusableLag(lag: Double) {
        #expect(throws: PlantFault.notPositive(quantity: "a lag", found: lag)) {
            try LinearPlant(gain: 1.0, lags: [1, lag])
        }
    }

    @Test("a damping of zero is refused")
    func unusableDamping() {
        #expect(throws: PlantFault.notPositive(quantity: "the damping", found: 0)) {
            try LinearPlant(gain: 1.0, lags: [], pair: (naturalSeconds: 1, damping: 0))
        }
    }

    @Test("a zero needs a second pole")
    func zeroAlone() {
        #expect(throws: PlantFault.zeroWithoutSecondPole) {
            try LinearPlant(gain: 1.0, lags: [1], zero: -0.5)
        }
    }

    @Test(
        "a period that is not positive, or too long, is refused",
        arguments: [0, -1, .infinity, 1e9])
    func unusablePeriod(period: Double) throws {
        let plant = try PlantCatalog.plant(named: "tclab")
        let expected = PlantFault.unusablePeriod(
            foundSeconds: period, allowedSeconds: 1e-6...86_400)
        #expect(throws: expected) { try PlantSimulation(plant, periodSeconds: period) }
    }

    @Test("a plant too fast for its period is refused")
    func tooManySubsteps() throws {
        let plant = try LinearPlant(gain: 1.0, lags: [1e-6])
        #expect(throws: PlantFault.tooManySubsteps(found: 2e9, limit: 1_000_000)) {
            try PlantSimulation(plant, periodSeconds: 100)
        }
    }

    @Test("a start with a wrong number of states, inputs or outputs is refused")
    func wrongCounts() throws {
        let plant = try PlantCatalog.plant(named: "motor")
        #expect(throws: PlantFault.wrongCount(of: .states, found: 1, expected: 2)) {
            try PlantSimulation(
                plant, periodSeconds: 1, start: PlantEquilibrium(state: [0], input: [0]))
        }
        #expect(throws: PlantFault.wrongCount(of: .inputs, found: 0, expected: 1)) {
            try PlantSimulation(
                plant, periodSeconds: 1, start: PlantEquilibrium(state: [0, 0], input: []))
        }
        #expect(throws: PlantFault.wrongCount(of: .outputs, found: 2, expected: 1)) {
            try plant.equilibrium(output: [0, 0])
        }
    }

    @Test("the oscillating pair may stand behind lags and before an integrator")
    func chainOfAllParts() throws {
        let plant = try LinearPlant(
            gain: 2.0, lags: [0.5, 0.3], zero: 0.2, pair: (naturalSeconds: 0.4, damping: 0.5),
            isIntegrating: true)
        var simulation = try PlantSimulation(plant, periodSeconds: 0.1)
        for _ in 0..<200 { simulation.step(input: [1.0].span, load: [0.0].span) }
        let before = simulation.output(0)
        for _ in 0..<10 { simulation.step(input: [1.0].span, load: [0.0].span) }
        // One second later: the slope of the integrator is the gain.
        #expect(abs(simulation.output(0) - before - 2) < 1e-9)
        // A ramp lags by the sum of the lags less the zero: 0.5 + 0.3 + 2 * 0.5 * 0.4 - 0.2 s.
        #expect(abs(simulation.output(0) - 2 * (21 - 1.0)) < 1e-7)
    }

    @Test("every fault says what is allowed")
    func descriptions() {
        let faults: [PlantFault] = [
            .unknownPlant(found: "x", allowed: ["a"]),
            .unknownParameter(plant: "a", found: "x", allowed: ["b"]),
            .parameterOutOfRange(plant: "a", parameter: "b", found: 2, allowed: 0...1),
            .parameterNotWhole(plant: "a", parameter: "b", found: 0.5),
            .unusableOrder(found: 0, allowed: 1...2), .notPositive(quantity: "a lag", found: 0),
            .zeroWithoutSecondPole, .unusablePeriod(foundSeconds: 0, allowedSeconds: 1...2),
            .unusableDeadTime(foundSeconds: -1, allowedSeconds: 0...1),
            .tooManySubsteps(found: 2, limit: 1), .noEquilibrium,
            .wrongCount(of: .states, found: 1, expected: 2),
        ]
        for fault in faults { #expect(fault.description.contains("allowed")) }
    }
}
