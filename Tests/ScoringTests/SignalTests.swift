import Configuration
import Control
import Episodes
import FixedPoint
import ModelFile
import Scoring
import Testing
import Training
import Tuning

@Suite("Signals from CSV")
struct SignalTests {
    @Test("rows hold until the next, at whatever times they come")
    func holds() throws {
        let signal = try Parsed.signal("time_s,setpoint,load\n0,1,0\n0.95,2,0\r\n3.0,2,-0.5\n")
        let found = signal.sampled(periodSeconds: 0.5)
        #expect(found.setpoints == [1, 1, 2, 2, 2, 2, 2])
        #expect(found.loads == [0, 0, 0, 0, 0, 0, -0.5])
    }

    @Test("columns stand in any order, a load may be missing, the first row counts from the start")
    func columns() throws {
        let signal = try Parsed.signal("# a step\n\nsetpoint , time_s\n0.4, 1\n0.6, 2\n")
        #expect(signal.times == [1, 2])
        #expect(signal.loads == [0, 0])
        #expect(signal.sampled(periodSeconds: 1).setpoints == [0.4, 0.4, 0.6])
    }

    @Test(
        "what is wrong is told with line and column",
        arguments: [
            ("", "signal.csv:1:1: there is no row"),
            ("time_s,setpoint\n", "signal.csv:2:1: there is no row"),
            ("time,setpoint\n0,1\n", "signal.csv:1:1: the column \"time\""),
            ("time_s,load\n0,1\n", "signal.csv:1:1: no column setpoint"),
            ("time_s,setpoint,time_s\n", "signal.csv:1:17: time_s for the second time"),
            ("time_s,setpoint,price\n", "signal.csv:1:17: the column \"price\""),
            ("time_s,setpoint\n0,1\n1,x2\n", "signal.csv:3:3: setpoint: the text \"x2\""),
            ("time_s,setpoint\n0, \n", "signal.csv:2:4: setpoint: the text \"\""),
            ("time_s,setpoint\n0\n", "signal.csv:2:1: 1 cells; 2, as in the heading"),
            ("time_s,setpoint\n0,1,2\n", "signal.csv:2:3: 3 cells; 2"),
            ("time_s,setpoint\n0,1\n0,2\n", "signal.csv:3:1: time_s: 0.0; more than 0.0"),
            ("time_s,setpoint\n2,1\n1,2\n", "signal.csv:3:1: time_s: 1.0; more than 2.0"),
            ("time_s,setpoint\n-1,1\n", "signal.csv:2:1: time_s: -1.0; 0 or more"),
            ("time_s,setpoint\n0,nan\n", "signal.csv:2:3: setpoint: the text \"nan\""),
            ("time_s,setpoint\n0,inf\n", "signal.csv:2:3: setpoint: the text \"inf\""),
            ("time_s,setpoint\n0,1e300\n", "signal.csv:2:3: setpoint: the text \"1e300\""),
        ])
    func refusals(text: String, told: String) {
        let found = Parsed.refusal { () throws(ConfigurationError) in try Parsed.signal(text) }
        #expect(found.contains(told), "\(found)")
    }

    @Test("a file that is missing says so")
    func missing() {
        let found = Parsed.refusal { () throws(ConfigurationError) in
            try Signal(path: "/nowhere/signal.csv")
        }
        #expect(found.hasPrefix("/nowhere/signal.csv: cannot be read"))
    }

    @Test("a file that never ends is refused, not read to its end")
    func endless() {
        let found = Parsed.refusal { () throws(ConfigurationError) in
            try Signal(path: "/dev/zero")
        }
        #expect(found == "/dev/zero: the file is too long; up to 64 MiB", "\(found)")
    }

    // MARK: Runs

    private static func plant() throws -> PlantCase {
        try Parsed.plant(
            """
            schema = 1
            name = "oven"
            gain = 2
            lags_s = [8, 2]
            dead_time_s = 1
            output_range = [0, 200]
            command_range = [0, 100]
            """)
    }

    /// A law whose weights are the gains of SIMC-PI.
    private static func law(_ family: PlantFamily) throws -> Model {
        let gains = try SamplePIDGains(.simcPI, family)
        let open = try #require(Gain(1))
        return try Model(
            pid: PIDParameters(
                proportional: try #require(Gain(gains.proportional)),
                integral: try #require(Gain(gains.integral)),
                derivative: .zero, derivativeFilter: open, measurementFilter: open,
                setpointWeight: open, tracking: try #require(Gain(gains.tracking))),
            periodSeconds: family.periodSeconds)
    }

    @Test("a law that is a PI costs what the PI costs, and a step's error is its integral")
    func equals() throws {
        let plant = try Self.plant()
        let signal = try Parsed.signal(
            "time_s,setpoint,load\n0,60,0\n10,80,0\n120,80,10\n240,80,10\n")
        let run = try SignalRun(plant, signal)
        let baselines = try Baselines(plant.family, optimal: nil)
        let score = try run.run(try Self.law(plant.family), baselines)
        #expect(score.laws.map(\.law) == ["law", "simc_pi", "simc_pid", "amigo_pi", "amigo_pid"])
        let (law, simc) = (score.laws[0], score.laws[1])
        #expect(law.lawOver == 1)
        // The law has no measurement filter of a twentieth of a sample, and is in integers.
        #expect(abs(simc.lawOver - 1) < 0.03)
        #expect(abs(simc.iae - law.iae) < 0.03 * simc.iae)
        // With integral action the integrals of the error add up to ti/kp times the command that they
        // leave behind: 10 units for the step of 20, none for the load, and its own 10.
        let gains = try SamplePIDGains(.simcPI, plant.family)
        // Parts of the range: 0.1 after the step, and after the load; a normalised output is 200.
        let least = 2 * 0.1 / gains.integral * 200 * plant.family.periodSeconds
        // What is left at the end, noise included, is at most a twentieth.
        #expect(law.iae > 0.95 * least)
        #expect(abs(law.finalError) < 1)
        #expect(abs(law.largestError - 20) < 1)
    }

    @Test("a signal that is too short or begins beyond the command's range is refused")
    func refusesRuns() throws {
        let plant = try Self.plant()
        #expect(throws: SignalRun.Fault.self) {
            try SignalRun(plant, try Parsed.signal("time_s,setpoint\n0,60\n"))
        }
        let far = try Parsed.signal("time_s,setpoint\n0,260\n100,260\n")
        #expect(throws: SignalRun.Fault.start(setpoint: 260)) { try SignalRun(plant, far) }
    }
}
