import Configuration
import Episodes
import Plants
import Scoring
import Testing
import Tuning

@Suite("Plants from files")
struct PlantCaseTests {
    static let head = "schema = 1\nname = \"own\"\n"
    /// Responses of one process written in three ways, sampled alike, differ by rounding.
    static let rounding = 1e-6

    private static func response(_ plant: PlantCase, at angle: Double) throws -> Complex {
        var family = plant.family
        family.periodSeconds = 0.25
        let variation = PlantVariation(lagCount: family.lagCount)
        let lanes = family.plants([PlantVariation](repeating: variation, count: 16))
        return try lanes.linearised(lane: 0, output: Lanes(0.5)).response(at: angle)
    }

    @Test("gain and lags, coefficients and states of one process answer alike")
    func forms() throws {
        // 1.25 / ((2 s + 1)(s + 1)) e^-0.6 s, and y'' = -1.5 y' - 0.5 y + 0.625 u.
        let chain = try Parsed.plant(
            Self.head + "gain = 1.25\nlags_s = [2, 1]\ndead_time_s = 0.6")
        let polynomials = try Parsed.plant(
            Self.head + "numerator = [1.25]\ndenominator = [2, 3, 1]\ndead_time_s = 0.6")
        let states = try Parsed.plant(
            Self.head + """
                a = [[0, 1], [-0.5, -1.5]]
                b = [0, 0.625]
                c = [1, 0]
                dead_time_s = 0.6
                """)
        for angle in [0.01, 0.2, 1.5] {
            let wanted = try Self.response(chain, at: angle)
            for other in [polynomials, states] {
                let found = try Self.response(other, at: angle)
                #expect((found - wanted).magnitude < Self.rounding * wanted.magnitude)
            }
        }
        #expect(abs(states.family.linearised.gain - 1.25) < 0.01)
        #expect(abs(states.family.linearised.residenceTime - 3.6) < 0.1)
    }

    @Test("a path straight from command to output shows at the sample after the command")
    func feedthrough() throws {
        let plant = try Parsed.plant(
            Self.head + "a = [[-1]]\nb = [1]\nc = [0.75]\nd = 0.25\nperiod_s = 0.5")
        let variation = PlantVariation(lagCount: 1)
        let lanes = plant.family.plants([PlantVariation](repeating: variation, count: 16))
        let rest = try lanes.equilibrium(output: Lanes(0.5))
        #expect(abs(rest.command[0] - 0.5) < 1e-6)
        var scratch = LaneScratch(stateCount: lanes.plant.stateCount)
        scratch.state = rest.state
        #expect(abs(lanes.plant.output(scratch.state.span)[0] - 0.5) < 1e-6)
        lanes.plant.advance(&scratch, now: Lanes(0.9), before: Lanes(0.5))
        // x = 0.5 + 0.4 (1 - e^-0.5), y = 0.75 x + 0.25 * 0.9.
        #expect(abs(lanes.plant.output(scratch.state.span)[0] - 0.718_041) < 1e-5)
    }

    @Test("an integrator in any place of the states stands at any output without a command")
    func integrators() throws {
        for text in [
            "numerator = [0.25]\ndenominator = [1, 1, 0]",
            "a = [[-1, 0], [1, 0]]\nb = [1, 0]\nc = [0, 0.25]",
            // The same process in turned states.
            "a = [[-0.5, 0.5], [0.5, -0.5]]\nb = [1, 0]\nc = [0.25, 0.25]",
        ] {
            let plant = try Parsed.plant(Self.head + text)
            #expect(plant.family.isBipolar)
            #expect(plant.family.linearised.isIntegrating)
            let variation = PlantVariation(lagCount: 1)
            let lanes = plant.family.plants([PlantVariation](repeating: variation, count: 16))
            let rest = try lanes.equilibrium(output: Lanes(0.4))
            #expect(rest.command[0] == 0)
            var scratch = LaneScratch(stateCount: lanes.plant.stateCount)
            scratch.state = rest.state
            for _ in 0..<10 { lanes.plant.advance(&scratch, now: .zero, before: .zero) }
            #expect(abs(lanes.plant.output(scratch.state.span)[0] - 0.4) < 1e-5)
        }
    }

    @Test("units of a file become parts of the ranges, and rest and reach go with them")
    func units() throws {
        let plant = try Parsed.plant(
            Self.head + """
                gain = 0.6
                lags_s = [140, 20]
                output_range = [0, 120]
                command_range = [0, 100]
                output_at_zero = 21
                setpoints = [30, 70]
                noise = 0.12
                quantum = 0.3
                """)
        let family = plant.family
        #expect(abs(family.linearised.gain - 0.5) < 1e-12)
        #expect(abs(family.standingLoad * family.linearised.gain - 21.0 / 120) < 1e-12)
        #expect(abs(family.setpoints.lowerBound - 0.25) < 1e-12)
        #expect(abs(family.setpoints.upperBound - 70.0 / 120) < 1e-12)
        #expect(abs(family.noise - 0.001) < 1e-12)
        #expect(abs(family.quantum - 0.0025) < 1e-12)
        let usual = try Parsed.plant(
            Self.head + """
                gain = 0.6
                lags_s = [140, 20]
                output_range = [0, 120]
                command_range = [0, 100]
                output_at_zero = 21
                """)
        // From 16 to 60 % of what the command reaches: 21 + 0.16 * 60 to 21 + 0.6 * 60.
        #expect(abs(usual.units.output(usual.family.setpoints.lowerBound) - 30.6) < 1e-9)
        #expect(abs(usual.units.output(usual.family.setpoints.upperBound) - 57) < 1e-9)
    }

    @Test(
        "commands are shown between the ends of their range",
        arguments: [
            ("[10, 50]", "[20, 40]", 10.0, 50.0), ("[0, 100]", "[20, 40]", 0, 100),
            ("[-12, 12]", "[3, 9]", -12, 12),
        ])
    func commands(range: String, setpoints: String, low: Double, high: Double) throws {
        let plant = try Parsed.plant(
            Self.head + """
                gain = 1
                lags_s = [140, 20]
                output_range = [0, 100]
                command_range = \(range)
                setpoints = \(setpoints)
                """)
        let ends = [plant.family.commandLow, plant.family.commandLow + plant.family.commandSpan]
        #expect(ends.map(plant.units.command) == [low, high])
    }

    @Test(
        "what is wrong in a plant is told with its place",
        arguments: [
            ("", "plant.toml:1:1: gain: missing"),
            ("gain = -2\nlags_s = [1]", "plant.toml:3:8: gain: the integer -2"),
            ("gain = 1", "plant.toml:1:1: lags_s: 0 poles and 0 zeros"),
            ("gain = 1\nlags_s = [1, 0]", "plant.toml:4:14: lags_s: the integer 0"),
            ("gain = 1\nlags_s = [1]\nzeros_s = [2]", "plant.toml:4:10: lags_s: 1 poles and 1"),
            ("gain = 1\nlag_s = [1]", "did you mean \"lags_s\"?"),
            ("gain = 1\nlags_s = \"1\"", "plant.toml:4:10: lags_s: the text \"1\""),
            ("denominator = [1, 1]", "plant.toml:1:1: numerator: missing"),
            ("numerator = [1, 1]\ndenominator = [1, 1]", "denominator must exceed"),
            ("numerator = [1]\ndenominator = [1, -1]", "denominator: unusable process"),
            ("numerator = [-1]\ndenominator = [1, 1]", "a gain above 0"),
            ("a = [[-1, 0]]\nb = [1]\nc = [1]", "a: a list of 2; a list of 1 numbers"),
            ("a = [[-1]]\nb = [1, 2]\nc = [1]", "plant.toml:4:5: b: a list of 2"),
            ("a = [[-1]]\nb = [1]", "plant.toml:1:1: c: missing"),
            ("a = [[1]]\nb = [1]\nc = [1]", "plant.toml:3:5: a: unusable process"),
            ("a = [[-1]]\nb = [1]\nc = [1]\ngain = 2", "gain: not used with a"),
            ("gain = 1\nlags_s = [1]\ndead_time_s = -1", "dead_time_s: the integer -1"),
            ("gain = 1\nlags_s = [1]\nsetpoints = [0.5, 2]", "setpoints: 0.5 and 2.0; within"),
            ("gain = 1\nlags_s = [1]\nsetpoints = [0.5, 0.2]", "low below high"),
            ("gain = 0.01\nlags_s = [1]", "setpoints: missing; needed: the command moves"),
            ("gain = 1\nlags_s = [1]\ncommand_range = [-1, 2]", "command_range: -1.0 and 2.0"),
            ("gain = 1\nintegrating = true\ncommand_range = [0, 1]\nlags_s = [1]", "both signs"),
            ("gain = 1\nlags_s = [1]\npair_damping = 0.5", "pair_time_s: missing"),
            ("gain = 1\nlags_s = [nan]", "lags_s: the number nan"),
            ("gain = 1\nlags_s = [1]\ndead_time_s = 100\nperiod_s = 0.01", "a 2000th"),
            ("catalog = \"oven\"", "catalog: the text \"oven\"; one of heater, motor, tank"),
            ("catalog = \"heater\"\ngain = 2", "gain: not used with catalog"),
            ("gain = 1\nlags_s = [1", "plant.toml:4:"),
        ])
    func refusals(text: String, told: String) {
        let found = Parsed.refusal { () throws(ConfigurationError) in
            try Parsed.plant(Self.head + text)
        }
        #expect(found.contains(told), "\(found)")
    }

    @Test("a plant without schema or with a name that is no file is refused")
    func heads() {
        let bare = Parsed.refusal { () throws(ConfigurationError) in
            try Parsed.plant("name = \"a\"\ngain = 1\nlags_s = [1]")
        }
        #expect(bare == "plant.toml:1:1: schema: missing; 1")
        let named = Parsed.refusal { () throws(ConfigurationError) in
            try Parsed.plant("schema = 1\nname = \"../a\"\ngain = 1\nlags_s = [1]")
        }
        #expect(named.hasPrefix("plant.toml:2:8: name: the text \"../a\""), "\(named)")
    }
}
