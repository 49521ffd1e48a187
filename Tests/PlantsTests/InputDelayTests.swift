import Testing

import Plants

@Suite("Dead time")
struct InputDelayTests {
    /// Inputs are moved, not computed with: what comes out is what went in.
    private func delayed(deadTime: Double, period: Double, count: Int) throws -> [[Double]] {
        var delay = try InputDelay(
            deadTimeSeconds: deadTime, periodSeconds: period, initial: [-1.0])
        return (0..<count).map { tick in
            delay.push([Double(tick)].span)
            return [delay.earlier(0), delay.later(0)]
        }
    }

    @Test("a dead time of whole periods delays by exactly so many", arguments: [0, 1, 2, 7])
    func wholePeriods(periods: Int) throws {
        let seen = try delayed(deadTime: Double(periods) * 0.1, period: 0.1, count: 30)
        for (tick, values) in seen.enumerated() {
            #expect(values[1] == (tick < periods ? -1 : Double(tick - periods)))
        }
    }

    @Test("a fraction of a period splits the period, and nothing is rounded")
    func fraction() throws {
        let delay = try InputDelay(deadTimeSeconds: 5.3, periodSeconds: 2, initial: [0.0])
        #expect(abs(delay.earlierSeconds - 1.3) < 1e-12)
        #expect(abs(delay.laterSeconds - 0.7) < 1e-12)
        let seen = try delayed(deadTime: 5.3, period: 2, count: 5)
        #expect(seen == [[-1, -1], [-1, -1], [-1, 0], [0, 1], [1, 2]])
    }

    @Test("a dead time that is whole but for rounding has no fraction", arguments: [0.3, 0.7, 0.6])
    func roundingOfDivision(deadTime: Double) throws {
        let delay = try InputDelay(deadTimeSeconds: deadTime, periodSeconds: 0.1, initial: [0.0])
        #expect(delay.earlierSeconds == 0)
        let seen = try delayed(deadTime: deadTime, period: 0.1, count: 10)
        let periods = Int((deadTime * 10).rounded())
        #expect(seen[periods][1] == 0)
        #expect(seen[periods - 1][1] == -1)
    }

    @Test("two inputs keep apart")
    func twoInputs() throws {
        var delay = try InputDelay(deadTimeSeconds: 1, periodSeconds: 1, initial: [5.0, 6.0])
        delay.push([1.0, 2.0].span)
        #expect([delay.later(0), delay.later(1)] == [5, 6])
        delay.push([3.0, 4.0].span)
        #expect([delay.later(0), delay.later(1)] == [1, 2])
    }

    @Test("an output stays exactly at rest until the dead time is over")
    func outputWaits() throws {
        let plant = try PlantCatalog.plant(named: "fopdt", parameters: ["dead_time_s": 0.47])
        var simulation = try PlantSimulation(plant, periodSeconds: 0.1)
        var outputs: [Double] = []
        for _ in 0..<8 {
            simulation.step(input: [1.0].span, load: [0.0].span)
            outputs.append(simulation.output(0))
        }
        #expect(outputs[0..<4].allSatisfy { $0 == 0 })
        #expect(outputs[4] > 0)
    }

    @Test("a load acts at once, behind the dead time")
    func loadActsAtOnce() throws {
        let plant = try PlantCatalog.plant(named: "fopdt", parameters: ["dead_time_s": 10])
        var simulation = try PlantSimulation(plant, periodSeconds: 0.1)
        simulation.step(input: [0.0].span, load: [1.0].span)
        #expect(simulation.output(0) > 0.1)
    }

    @Test(
        "a dead time that is negative, endless or no number is refused",
        arguments: [-0.1, .infinity, .nan, 1e9])
    func refusesUnusable(deadTime: Double) {
        #expect(throws: PlantFault.self) {
            try InputDelay(deadTimeSeconds: deadTime, periodSeconds: 0.1, initial: [0.0])
        }
    }
}
