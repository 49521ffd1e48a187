import Episodes
import Glibc
import Plants
import Testing
import Tuning

@Suite("Plants about a point where they stand still")
struct OperatingPointTests {
    /// Central differences leave about 1e-9 of a slope.
    static let tolerance = 1e-7

    @Test("a linear plant is its transfer function, wherever it stands")
    func linear() throws {
        let plant = try PlantCatalog.plant(
            named: "fopdt", parameters: ["gain": 2, "time_s": 30, "dead_time_s": 4])
        let point = try OperatingPoint(
            plant, held: [.init(input: 0, output: 0, value: 1.2)], fixed: [0])
        #expect(abs(point.input[0] - 0.6) < Self.tolerance)
        #expect(point.deadTimeSeconds == 4)
        let process = try TransferFunction(gain: 2, lags: [30], deadTimeSeconds: 4)
        let exact = SampledProcess(process, periodSeconds: 1)
        let sampled = SampledStateSpace(point.space, deadTimeSeconds: 4, periodSeconds: 1)
        for frequency in [0.001, 0.03, 0.5, 3] {
            let found = sampled.response(at: frequency)
            let wanted = exact.response(at: frequency)
            #expect((found - wanted).magnitude < Self.tolerance * wanted.magnitude)
        }
    }

    @Test("the TCLab has its heaters' lags and gain, the other heater held at its level")
    func tclab() throws {
        let plant = try PlantCatalog.plant(named: "tclab")
        let point = try OperatingPoint(
            plant, held: [.init(input: 0, output: 0, value: 50)], fixed: [0, 10])
        #expect(point.input[1] == 10)
        // By hand: heaters with losses 1/20 and exchange 1/100, 200/5720 C/s a percent, behind a
        // sensor of 140 s; steady: G = p (l + x) / (l (l + 2 x)).
        let (power, loss, exchange) = (200.0 / 5_720, 1.0 / 20, 1.0 / 100)
        let steady = power * (loss + exchange) / (loss * (loss + 2 * exchange))
        let sampled = SampledStateSpace(point.space, deadTimeSeconds: 0, periodSeconds: 1)
        let found = sampled.response(at: 1e-7)
        #expect(abs(found.magnitude / steady - 1) < 1e-5)
    }

    @Test("a tank's gain falls with the root of its level, as Torricelli has it")
    func tank() throws {
        let plant = try PlantCatalog.plant(named: "tank")
        func gain(_ level: Double) throws -> Double {
            let point = try OperatingPoint(
                plant, held: [.init(input: 0, output: 0, value: level)], fixed: [0])
            let sampled = SampledStateSpace(point.space, deadTimeSeconds: 0, periodSeconds: 1)
            return sampled.response(at: 1e-8).magnitude
        }
        // Outflow a sqrt(2 g h): the level follows the inflow with 2 h / q, the root of h.
        let (high, low) = (try gain(64), try gain(16))
        #expect(abs(high / low - 2) < 1e-4)
    }

    @Test("an integrator stands anywhere without an input")
    func integrator() throws {
        let plant = try PlantCatalog.plant(named: "integrator")
        let point = try OperatingPoint(
            plant, held: [.init(input: 0, output: 0, value: 0.4)], fixed: [0])
        #expect(abs(point.input[0]) < Self.tolerance)
    }

    @Test("one input of the jacketed vessel moves both temperatures, where the vessel's needs it")
    func outputs() throws {
        let plant = try PlantCatalog.plant(named: "jacket")
        let point = try OperatingPoint(
            plant, held: [.init(input: 0, output: 0, value: 60)], fixed: [0, 0, 0])
        #expect(point.outputs.count == 3)
        #expect(zip(point.outputs[0], point.space.c).allSatisfy { abs($0 - $1) < Self.tolerance })
        // The balances of vessel and jacket, steady, per watt: 200 W/K between them, 5 W/K to the
        // surroundings each, 10 g/s of water to warm up; 40 W a percent.
        let vesselLoss = 5 + 4.186 * 10
        let share = 200 / (200 + vesselLoss)
        let jacket = 40 / (5 + vesselLoss * share)
        for (output, steady) in [(0, jacket * share), (1, jacket), (2, 0)] {
            let process = SampledStateSpace(
                StateSpace(a: point.space.a, b: point.space.b, c: point.outputs[output]),
                deadTimeSeconds: 0, periodSeconds: 1)
            #expect(abs(process.response(at: 1e-7).magnitude - steady) < 1e-5)
        }
    }

    @Test("both loops of the quadruple tank hold their levels; the second is opened there")
    func twoLoops() throws {
        let plant = try PlantCatalog.plant(named: "quadruple-tank")
        let held = [
            OperatingPoint.Held(input: 0, output: 0, value: 12.4),
            OperatingPoint.Held(input: 1, output: 1, value: 12.7),
        ]
        let point = try OperatingPoint(plant, held: held, fixed: [0, 0])
        #expect(point.input.allSatisfy { $0 > 0 })
        #expect(point.space.order == plant.stateCount)
    }

    @Test("a level that no input holds is refused")
    func impossible() throws {
        let plant = try PlantCatalog.plant(named: "tank")
        #expect(throws: TuningFault.self) {
            _ = try OperatingPoint(
                plant, held: [.init(input: 0, output: 0, value: -5)], fixed: [0])
        }
    }
}
