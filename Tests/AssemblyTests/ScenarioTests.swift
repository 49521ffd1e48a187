import Assembly
import Configuration
import Simulation
import Testing

@Suite("From settings to the scenario")
struct ScenarioTests {
    private func scenario(_ changes: [(String, String)] = []) throws -> Scenario {
        try Scenario(try Plain.settings(changes), seed: nil)
    }

    /// The disturbance that one event stands for; `nil` for none.
    private func disturbance(_ event: String) throws -> Disturbance? {
        let text = "[[simulation.event]]\n\(event)\n[[device]]"
        let disturbances = try scenario([("[[device]]", text)]).disturbances
        #expect(disturbances.count <= 1)
        return disturbances.first
    }

    @Test("the plant, its sensors and its actuators are those of the file")
    func mapping() throws {
        let scenario = try scenario()
        #expect(scenario.plant == "tclab")
        #expect(scenario.periodSeconds == 0.5)
        #expect(scenario.seed == 5)
        #expect(scenario.parameters.isEmpty)
        #expect(scenario.sensors == [SensorModel(output: 0, noise: 0.04, quantum: 0.3223)])
        #expect(scenario.actuators == [ActuatorModel(input: 0, range: -50...150, start: 10)])
        #expect(scenario.disturbances.isEmpty)
    }

    @Test("parameters, steps and delays of the plant arrive, the delay in whole periods")
    func details() throws {
        let scenario = try scenario([
            (
                "seed = 5",
                "command_quantum = 0.5\ncommand_delay_s = 1.2\nparameters = { ambient_c = 18 }"
            )
        ])
        #expect(scenario.parameters == ["ambient_c": 18])
        #expect(scenario.actuators[0].quantum == 0.5)
        #expect(scenario.actuators[0].delayTicks == 2)
        #expect(scenario.seed == 1)
    }

    @Test("a given seed replaces that of the file")
    func seed() throws {
        #expect(try Scenario(try Plain.settings(), seed: 77).seed == 77)
    }

    @Test("the number at the end of a channel counts, whatever the driver", arguments: [1, 2])
    func channels(number: Int) throws {
        let simulated = try scenario([("\"y1\"", "\"y\(number)\""), ("\"u1\"", "\"u\(number)\"")])
        let board = try scenario([
            ("driver = \"sim\"", "driver = \"tclab\"\npath = \"/dev/ttyACM0\""),
            ("\"y1\"", "\"T\(number)\""), ("\"u1\"", "\"Q\(number)\""),
            ("[\"-50 %\", \"150 %\"]", "[\"0 %\", \"100 %\"]"),
        ])
        for scenario in [simulated, board] {
            #expect(scenario.sensors[0].output == number - 1)
            #expect(scenario.actuators[0].input == number - 1)
        }
    }

    @Test("every kind of event is a disturbance of its kind, time and place")
    func events() throws {
        let cases: [(String, Disturbance.Kind)] = [
            ("kind = \"load\"\nvalue = 3.0\ninput = 2", .load(input: 1, shape: .step(3))),
            (
                "kind = \"load_ramp\"\nvalue = 3.0\nover_s = 7.0",
                .load(input: 0, shape: .ramp(to: 3, overSeconds: 7))
            ),
            (
                "kind = \"load_sine\"\nvalue = 3.0\ncycle_s = 9.0",
                .load(input: 0, shape: .sine(amplitude: 3, periodSeconds: 9))
            ),
            (
                "kind = \"load_walk\"\nvalue = 0.5\nbound = 4.0",
                .load(input: 0, shape: .walk(deviationPerRootSecond: 0.5, bound: 4))
            ),
            ("kind = \"dropout\"", .dropout(sensor: 0)),
            ("kind = \"stuck\"", .stuck(sensor: 0)),
            ("kind = \"bias\"\nvalue = \"-2 C\"", .bias(sensor: 0, value: -2)),
            ("kind = \"noise\"\nvalue = \"0.5 C\"", .noise(sensor: 0, deviation: 0.5)),
            ("kind = \"actuator_stuck\"", .actuatorStuck(actuator: 0)),
        ]
        #expect(Set(cases.map { $0.0.split(separator: "\"")[1] }).count == cases.count)
        for (text, kind) in cases {
            let timed = try disturbance("at_s = 4.5\nduration_s = 2.0\n" + text)
            #expect(timed == Disturbance(startSeconds: 4.5, durationSeconds: 2, kind: kind))
            let lasting = try disturbance("at_s = 0\n" + text)
            #expect(lasting?.durationSeconds == .infinity)
        }
    }

    @Test("a change of the setpoint is no business of the plant")
    func setpoint() throws {
        #expect(try disturbance("at_s = 4\nkind = \"setpoint\"\nvalue = \"30 C\"") == nil)
    }

    @Test("without a table [simulation] there is nothing to run on")
    func missing() throws {
        let settings = try Plain.settings([
            ("[simulation]\nplant = \"tclab\"\nseed = 5\nnoise = \"0.04 C\"\n", ""),
            ("quantum = \"0.3223 C\"\n", ""),
            ("driver = \"sim\"", "driver = \"tclab\"\npath = \"/dev/ttyACM0\""),
            ("\"y1\"", "\"T1\""), ("\"u1\"", "\"Q1\""),
            ("[\"-50 %\", \"150 %\"]", "[\"0 %\", \"100 %\"]"),
        ])
        #expect(throws: ConfigurationError.self) { try Scenario(settings, seed: nil) }
        #expect(throws: AssemblyError.self) { try SimulatedRun(settings) }
    }

    @Test("what the plant refuses is told at its place in the file")
    func refused() throws {
        func problem(_ changes: [(String, String)]) throws -> Problem? {
            let settings = try Plain.settings(changes)
            do throws(ConfigurationError) {
                _ = try SimulatedRun.plant(settings, seed: nil)
                return nil
            } catch {
                return error.problems.first
            }
        }
        let unknown = try #require(try problem([("plant = \"tclab\"", "plant = \"kettle\"")]))
        #expect(unknown.position == Position(line: 7, column: 9))
        #expect(unknown.found.contains("kettle"))
        let key = try #require(
            try problem([("seed = 5", "parameters = { ambient_c = 20, heat = 3 }")]))
        #expect(key.position == Position(line: 8, column: 32))
        let value = try #require(try problem([("seed = 5", "parameters = { ambient_c = 90 }")]))
        #expect(value.position == Position(line: 8, column: 28))
        let channel = try #require(try problem([("\"y1\"", "\"y3\"")]))
        #expect(channel.found.contains("y3"))
    }
}
