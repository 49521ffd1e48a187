import ArgumentParser
import Assembly
import Configuration
import FoundationEssentials
import GatedMemory
import ModelFile
import Pictures
import Simulation

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validates a configuration and prints what would run.",
        discussion: """
            Every problem is printed as FILE:LINE:COLUMN: KEY: what was found; what is allowed. \
            Models are loaded, proved and run through their whole golden trace; the simulated plant is \
            built. No device is opened and nothing is driven. The figures of [loop.unresponsive] and \
            [loop.uncommanded] are printed as they came out: stated, or from [loop.process].

            flyball check configs/demo.toml

            Exit codes: 0 ok; 2 usage; 65 damaged model; 66 missing input; 78 configuration.
            """)

    @Argument(help: "Configuration file (TOML).")
    var config: String

    @Flag(help: "Prints one JSON object instead of the table.")
    var json = false

    func run() throws {
        let settings = try Console.settings(config)
        let controllers: Controllers
        do throws(AssemblyError) {
            controllers = try Controllers(settings)
            if settings.simulation != nil {
                do throws(ConfigurationError) {
                    _ = try SimulatedRun.plant(settings, seed: nil)
                } catch {
                    throw AssemblyError.configuration(error)
                }
            }
        } catch {
            throw Console.fail(error)
        }
        for warning in controllers.warnings + SlowInterlocks.warnings(settings) {
            Console.error("warning: \(warning)")
        }
        try verifyTraces(controllers)
        let loops = settings.loops.indices.map {
            CheckedLoop(settings, loop: $0, model: controllers.models[$0])
        }
        if json {
            try Console.print(
                json: CheckReport(
                    configuration: settings.name, periodMilliseconds: settings.periodMilliseconds,
                    loops: loops))
            return
        }
        printTable(settings, loops)
    }

    private func verifyTraces(_ controllers: Controllers) throws {
        for model in controllers.models {
            guard let model else { continue }
            do throws(ModelFault) {
                try ModelReader.verifyFullTrace(try ModelWriter.bytes(of: model))
            } catch {
                throw Console.fail(.damaged, error.description)
            }
        }
    }

    private func printTable(_ settings: Settings, _ loops: [CheckedLoop]) {
        var table = TextTable(["loop", "sensor", "actuator", "setpoint", "law", "model"])
        for loop in loops {
            table.add(
                .text(loop.loop), .text(loop.sensor), .text(loop.actuator),
                .text(loop.setpoint), .text(loop.law), .text(loop.model ?? "-"))
        }
        print("\(config): ok")
        print("\(settings.name): a tick every \(settings.periodMilliseconds) ms\n")
        print(table.text(), terminator: "")
        for loop in loops {
            print("\n\(loop.loop): \(loop.safety)", terminator: "")
            for line in loop.rules.lines { print("\n    \(line)", terminator: "") }
        }
        print("")
    }
}

private struct CheckReport: Encodable {
    let configuration: String
    let periodMilliseconds: Int
    let loops: [CheckedLoop]

    enum CodingKeys: String, CodingKey {
        case configuration, loops
        case periodMilliseconds = "period_ms"
    }
}

private struct CheckedLoop: Encodable {
    let loop: String
    let sensor: String
    let actuator: String
    let setpoint: String
    let law: String
    let model: String?
    let modelSHA256: String?
    let safety: String
    let rules: CheckedRules

    enum CodingKeys: String, CodingKey {
        case loop, sensor, actuator, setpoint, law, model, safety, rules
        case modelSHA256 = "model_sha256"
    }

    /// Absent models are null, so that every key is always there.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(loop, forKey: .loop)
        try container.encode(sensor, forKey: .sensor)
        try container.encode(actuator, forKey: .actuator)
        try container.encode(setpoint, forKey: .setpoint)
        try container.encode(law, forKey: .law)
        try container.encode(model, forKey: .model)
        try container.encode(modelSHA256, forKey: .modelSHA256)
        try container.encode(safety, forKey: .safety)
        try container.encode(rules, forKey: .rules)
    }

    init(_ settings: Settings, loop index: Int, model: Model?) {
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let actuator = settings.output(ofLoop: index)
        self.loop = loop.name
        self.sensor = "\(sensor.name) (\(sensor.device.name) \(sensor.channel.value))"
        self.actuator = "\(actuator.name) (\(actuator.place))"
        setpoint = "\(NumberText.significant(loop.setpoint)) \(sensor.unit.symbol)"
        law = loop.law.rawValue
        self.model = model.map {
            "\(loop.learned?.model.value ?? ""), \($0.shape.units) units, \($0.description.origin)"
        }
        modelSHA256 = model?.hash
        rules = CheckedRules(settings, loop: index)
        let number = { (value: Double) in NumberText.significant(value) }
        safety =
            "safe level \(number(actuator.safe)) \(actuator.unit.symbol); "
            + "latches at \(number(sensor.limitLow)) and \(number(sensor.limitHigh)) "
            + "\(sensor.unit.symbol); without a good reading for "
            + "\(loop.supervisor.bridgeMilliseconds) ms the safe state"
    }
}
