import Configuration
import Foundation
import Testing

@Test(
    "the example configurations load",
    arguments: ["demo", "tclab", "heat-and-hold"])
func examplesLoad(_ name: String) throws {
    let settings = try load(path: Repository.path("configs/\(name).toml"))
    #expect(settings.name == name)
    #expect(settings.loops.count == 1)
    #expect(settings.text.hasPrefix("#"))
}

@Test("the demo is a simulated lab at twenty times real time under the law from PI gains")
func demo() throws {
    let settings = try load(path: Repository.path("configs/demo.toml"))
    let simulation = try #require(settings.simulation)
    #expect(simulation.plant.value == "tclab")
    #expect(simulation.plant.position == Position(line: 8, column: 9))
    #expect(simulation.speed == 20)
    #expect(
        simulation.events.map(\.kind) == [
            .setpoint(loop: 0, value: 40), .load(input: 1, value: 50),
        ])
    #expect(settings.devices.map(\.driver) == [.simulated])
    let sensor = try #require(settings.sensors.first)
    #expect(sensor.simulatedNoise == 0.04)
    #expect(sensor.simulatedQuantum == 0.3223)
    let loop = try #require(settings.loops.first)
    #expect(loop.law == .learned)
    #expect(loop.learned?.isFromPID == true)
    #expect(loop.pid.kp == 8.5)
    #expect(loop.pid.tiSeconds == 70)
    #expect(settings.record?.directory.value == "../records")
}

@Test("the lab has two sensors and two actuators, and the second actuator has no loop")
func tclab() throws {
    let settings = try load(path: Repository.path("configs/tclab.toml"))
    guard case .tclab(let path, let deadline) = settings.devices.first?.driver else {
        Issue.record("the driver is tclab")
        return
    }
    #expect(path.value == "/dev/serial/by-id/usb-Arduino-TCLab")
    #expect(deadline == 200)
    #expect(settings.sensors.map(\.channel.value) == ["T1", "T2"])
    #expect(settings.actuators.map(\.channel.value) == ["Q1", "Q2"])
    #expect(settings.loops.map(\.actuator?.index) == [0])
    #expect(settings.overrun == .safe)
}

@Test("a profile keeps its times, setpoints and ramp")
func profile() throws {
    let settings = try load(path: Repository.path("configs/heat-and-hold.toml"))
    let loop = try #require(settings.loops.first)
    #expect(loop.profile.map(\.startSeconds) == [300, 1800])
    #expect(loop.profile.map(\.setpoint) == [45, 35])
    #expect(loop.rampPerSecond == 0.2)
    #expect(loop.learned == nil)
    #expect(settings.record == nil)
}

@Test("a control thread is told scheduler, budget, processor, idle states and what is demanded")
func realtime() throws {
    let text = try #require(
        Base.replacing(
            "priority = 50\n",
            with: """
                scheduler = "fifo"
                priority = 70
                budget_us = 900
                cpu = 3
                idle_latency_us = 0
                preflight = "require"

                """))
    let realtime = try parse(text: text, path: "oven.toml").realtime
    #expect(realtime.scheduler == .fifo)
    #expect(realtime.priority == 70)
    #expect(realtime.budgetMicroseconds == 900)
    #expect(realtime.processor == 3)
    #expect(realtime.idleLatencyMicroseconds == 0)
    #expect(realtime.preflight == .require)
}

@Test("overruns are counted among as many ticks as the window says")
func overrunWindow() throws {
    let text = try #require(
        Base.replacing(
            "overrun = \"skip\"", with: "overrun = \"safe\"\noverrun_limit = 3\noverrun_window = 20"
        ))
    let settings = try parse(text: text, path: "oven.toml")
    #expect(settings.overrunLimit == 3)
    #expect(settings.overrunWindow == 20)
}

@Test("what is absent has the documented default")
func defaults() throws {
    let text = try #require(Base.replacing("[realtime]\npriority = 50\n", with: ""))
    let settings = try parse(text: text, path: "oven.toml")
    #expect(settings.realtime.priority == 50)
    #expect(settings.realtime.lockMemory)
    #expect(settings.realtime.scheduler == .fifo)
    #expect(settings.realtime.preflight == .prefer)
    #expect(settings.realtime.budgetMicroseconds == nil)
    #expect(settings.realtime.processor == nil)
    #expect(settings.realtime.idleLatencyMicroseconds == nil)
    #expect(settings.overrunLimit == 5)
    #expect(settings.overrunWindow == 5)
    let loop = try #require(settings.loops.first)
    #expect(loop.supervisor.bridgeMilliseconds == 3000)
    #expect(loop.supervisor.recoverMilliseconds == 10000)
    #expect(loop.supervisor.retryMilliseconds == 60000)
    #expect(loop.pid.tdSeconds == 0)
    #expect(settings.simulation?.durationSeconds == 600)
    #expect(settings.record?.maxFileMebibytes == 64)
}

@Test("the derivative filter is an eighth of the derivative time unless it is given")
func derivativeFilter() throws {
    let derived = try #require(Base.replacing("ti_s = 70.0", with: "ti_s = 70.0\ntd_s = 4"))
    let given = try #require(
        Base.replacing("ti_s = 70.0", with: "ti_s = 70.0\ntd_s = 4\ntf_s = 1"))
    #expect(try parse(text: derived, path: "a").loops.first?.pid.tfSeconds == 0.5)
    #expect(try parse(text: given, path: "a").loops.first?.pid.tfSeconds == 1)
}

@Test("what a later check judges keeps its place")
func positions() throws {
    let settings = try parse(text: Base.text, path: "etc/oven.toml")
    let loop = try #require(settings.loops.first)
    #expect(loop.learned?.model.position == Position(line: 60, column: 9))
    #expect(loop.sensor.index == 0)
    #expect(loop.sensor.position == Position(line: 44, column: 10))
    let parameter = try #require(settings.simulation?.parameters.first)
    #expect(parameter.name == "Ta")
    #expect(parameter.value == 23)
    #expect(parameter.position == Position(line: 10, column: 21))
    let error = settings.error(
        at: parameter.namePosition, key: "simulation.parameters.Ta", found: "unknown parameter",
        allowed: "known are Tb, Tc", suggestion: "Tb")
    #expect(
        error.description == """
            etc/oven.toml:10:16: simulation.parameters.Ta: unknown parameter; \
            known are Tb, Tc; did you mean "Tb"?
            """)
}

@Test("a relative path starts at the directory of the configuration")
func relativePaths() throws {
    let settings = try parse(text: Base.text, path: "etc/oven.toml")
    #expect(settings.resolve("records") == "etc/records")
    #expect(settings.resolve("/var/lib") == "/var/lib")
    let here = try parse(text: Base.text, path: "oven.toml")
    #expect(here.resolve("records") == "records")
}

@Test(
    "an event hits what it names, or what the first loop uses",
    arguments: [
        ("kind = \"dropout\"", SimulationEvent.Kind.dropout(sensor: 0)),
        ("kind = \"stuck\"\nsensor = \"t1\"", .stuck(sensor: 0)),
        ("kind = \"bias\"\nvalue = \"-2 C\"", .bias(sensor: 0, value: -2)),
        ("kind = \"noise\"\nvalue = \"1 °C\"", .noise(sensor: 0, deviation: 1)),
        ("kind = \"actuator_stuck\"", .actuatorStuck(actuator: 0)),
        (
            "kind = \"setpoint\"\nloop = \"heater\"\nvalue = \"60 degC\"",
            .setpoint(loop: 0, value: 60)
        ),
        ("kind = \"load\"\ninput = 2\nvalue = 3", .load(input: 1, value: 3)),
    ])
func events(_ text: String, _ kind: SimulationEvent.Kind) throws {
    let text = try #require(Base.replacing("kind = \"load\"\nvalue = 10.0", with: text))
    let settings = try parse(text: text, path: "oven.toml")
    #expect(settings.simulation?.events.map(\.kind) == [kind])
}

@Test("a file that does not exist is told apart from a wrong one")
func missingFile() throws {
    let error = try #require(throws: ConfigurationError.self) {
        try load(path: "/nonexistent/oven.toml")
    }
    #expect(error.reason == .missing)
    #expect(
        error.description
            == "/nonexistent/oven.toml: cannot be read: No such file or directory")
}

@Test("a directory is not a configuration")
func directory() throws {
    let error = try #require(throws: ConfigurationError.self) { try load(path: "/") }
    #expect(error.reason == .unreadable)
    #expect(error.description == "/: cannot be read: Is a directory")
}

@Test("an endless file is refused after 1 MiB")
func endlessFile() throws {
    let error = try #require(throws: ConfigurationError.self) { try load(path: "/dev/zero") }
    #expect(error.description == "/dev/zero:1:1: the file exceeds 1 MiB")
}
