import Configuration
import Episodes
import Scoring
import Testing
import Training
import Tuning

@Suite("Suites from files")
struct SuiteTests {
    @Test("the 21 specialists of the file are those of the code")
    func specialists() throws {
        let suite = try Suite(path: Parsed.path("suites/specialists.toml"))
        #expect(suite.plants.map(\.family) == PlantFamily.specialists)
        #expect(suite.scope == Evaluator.Scope())
    }

    @Test("the single plants are those of the catalog", arguments: CatalogPlant.allCases)
    func singles(plant: CatalogPlant) throws {
        let suite = try Suite(path: Parsed.path("suites/\(plant.rawValue).toml"))
        #expect(suite.plants == [PlantCase(plant.family)])
    }

    @Test("the batch is the 133 processes, P4 with n = 2 and three nonlinear plants, but for gains")
    func batch() throws {
        let suite = try Suite(path: Parsed.path("suites/batch.toml"))
        let batch = try TestBatch()
        let processes = batch.processes + batch.others.filter { $0.family == "P4" }
        #expect(processes.count == 134)
        let linear = suite.plants.dropLast(3)
        #expect(linear.map(\.family.name) == processes.map { "\($0.family)_\($0.parameters)" })
        #expect(suite.plants.suffix(3).map(\.family) == CatalogPlant.allCases.map(\.family))
        for (plant, process) in zip(linear, processes) {
            guard case .chain(let chain) = plant.family.process else {
                Issue.record("\(plant.family.name) is no chain")
                continue
            }
            let found = try TransferFunction(
                gain: chain.gain, lags: chain.lags, zero: chain.zero,
                pair: chain.pair.map { ($0.time, $0.damping) },
                integrators: chain.isIntegrating ? 1 : 0, deadTimeSeconds: chain.deadTime)
            let wanted = process.transferFunction
            for frequency in [0.01, 0.3, 2] {
                let ratio = found.response(at: frequency) / wanted.response(at: frequency)
                let gains = found.gain / wanted.gain
                #expect((ratio - Complex(gains)).magnitude < 1e-9 * gains, "\(plant.family.name)")
            }
        }
    }

    @Test("every suite of the library is there and says what it asks for")
    func library() throws {
        for name in SuiteLibrary.names {
            let path = Parsed.path("suites/\(name).toml")
            let table = try Configuration.loadTable(path: path)
            if BoardScenario.describes(table) {
                #expect(try BoardScenario(table, path: path).targets.count == 3)
            } else {
                let suite = try Suite(table, path: path)
                #expect(suite.name == name)
                #expect(!suite.targets.isEmpty)
            }
        }
    }

    static let plain = "schema = 1\nname = \"s\"\n"
    static let plant = "[[plant]]\nname = \"p\"\ngain = 1.0\nlags_s = [1]\n"

    @Test(
        "what is wrong in a suite is told with its place",
        arguments: [
            ("", "suite.toml:1:1: plant: missing"),
            ("episodes = 20\n", "suite.toml:3:12: episodes: the integer 20; a multiple of 16"),
            ("classes = [\"step\"]\n", "did you mean \"steps\"?"),
            ("classes = [\"steps\", \"steps\"]\n", "suite.toml:3:21: classes: the text"),
            ("classes = 3\n", "classes: the integer 3"),
            ("seed = -1\n", "seed: the integer -1"),
            ("sample_time = \"fast\"\n", "sample_time: the text \"fast\"; \"rule\""),
            ("plants = 3\n", "plants: unknown key"),
            (plant + plant, "plant.name: \"p\"; a name of its own"),
            ("[[plant]]\nname = \"p\"\n", "suite.toml:3:1: plant.gain: missing"),
            (plant + "[[target]]\nwhat = \"price\"\n", "target.what: the text \"price\""),
            (plant + "[[target]]\nwhat = \"cost\"\ntake = \"worst\"\nlimit = 1\n", "over: missing"),
            (plant + "[[target]]\nwhat = \"ripple\"\ntake = \"mean\"\n", "target.take"),
            (
                plant + "[[target]]\nwhat = \"ripple\"\ntake = \"within\"\nlimit = 1\n",
                "target.bound: missing"
            ),
            (
                plant + "[[target]]\nwhat = \"overshoot\"\ntake = \"worst\"\nlimit = 1\n",
                "target.what: the text \"overshoot\""
            ),
        ])
    func refusals(text: String, told: String) {
        let found = Parsed.refusal { () throws(ConfigurationError) in
            try Parsed.suite(Self.plain + text)
        }
        #expect(found.contains(told), "\(found)")
    }

    @Test("a file that is missing says so, and so does one that is no TOML")
    func files() {
        let missing = Parsed.refusal { () throws(ConfigurationError) in
            try Suite(path: "/nowhere/suite.toml")
        }
        #expect(missing.hasPrefix("/nowhere/suite.toml: cannot be read"))
        let broken = Parsed.refusal { () throws(ConfigurationError) in
            try Parsed.suite("schema = = 1")
        }
        #expect(broken.hasPrefix("suite.toml:1:"))
    }
}
