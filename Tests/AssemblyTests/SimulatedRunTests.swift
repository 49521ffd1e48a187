import Assembly
import Configuration
import Control
import FixedPoint
import Foundation
import Simulation
import Testing

@Suite("Simulated runs")
struct SimulatedRunTests {
    /// Every configuration that the repository ships.
    static var configurations: [String] {
        let directory = Repository.path("configs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".toml") }.sorted()
    }

    @Test("the same configuration and seed are the same run, bit for bit; another seed is not")
    func determinism() throws {
        let settings = try Plain.settings()
        let first = try SampleRun(settings, ticks: 120)
        #expect(try SampleRun(settings, ticks: 120).ticks == first.ticks)
        #expect(try SampleRun(settings, ticks: 120, seed: 6).ticks != first.ticks)
        #expect(try SampleRun(settings, ticks: 120, seed: 5).ticks == first.ticks)
    }

    @Test("the law of the configuration acts, or the one asked for")
    func law() throws {
        let settings = try Plain.settings()
        let learned = SupervisorState.learned.rawValue
        let fallback = SupervisorState.fallback.rawValue
        #expect(
            try SampleRun(settings, ticks: 5).ticks.map(\.requestedState).allSatisfy {
                $0 == learned
            })
        let pid = try SampleRun(settings, ticks: 5, law: .pid).ticks
        #expect(pid.allSatisfy { $0.requestedState == fallback && $0.state == fallback })
    }

    @Test("a tick sees the plant as it is and moves it for the next one")
    func order() throws {
        var run = try SimulatedRun(try Plain.settings())
        var truths: [Double] = []
        var outputs: [Double] = []
        for tick in 0..<10 {
            run.step { record, truth in
                #expect(record.tick == UInt64(tick))
                #expect(record.timeNanoseconds == UInt64(tick) * 500_000_000)
                #expect(record.missedPeriods == 0)
                truths.append(truth)
                outputs.append(Double(record.output.bits) / 65_536)
            }
            #expect(run.plant.level(ofActuator: 0) == outputs[tick])
        }
        #expect(truths[0] == 21)
        #expect(truths[9] > 21)
        #expect(outputs[0] > 0)
    }

    @Test("an actuator without a loop stays at its safe level")
    func unusedActuator() throws {
        var run = try SimulatedRun(
            try Configuration.load(path: Repository.path("configs/tclab.toml")))
        for _ in 0..<20 { run.step { _, _ in } }
        #expect(run.plant.level(ofActuator: 0) > 0)
        #expect(run.plant.level(ofActuator: 1) == 0)
    }

    @Test("two loops on one sensor see the same readings")
    func sharedSensor() throws {
        let second = """
            [[actuator]]
            name = "q2"
            device = "lab"
            channel = "u2"
            unit = "%"
            range = ["0 %", "100 %"]
            safe = "0 %"
            slew = "20 %/s"
            max_age_ms = 1200
            [[loop]]
            name = "second"
            sensor = "t1"
            actuator = "q2"
            setpoint = "50 C"
            law = "pid"
            [loop.pid]
            kp = "1 %/C"
            ti_s = 20.0

            """
        let settings = try Configuration.parse(text: Plain.text + second, path: "two.toml")
        let ticks = try SampleRun(settings, ticks: 50).ticks
        for pair in 0..<50 {
            #expect(ticks[2 * pair].reading == ticks[2 * pair + 1].reading)
        }
    }

    /// Those that show how a fault ends: in the safe state, latched, and still inside the limits.
    static let endingSafe = ["broken-sensor.toml"]

    /// What is left of the setpoint in the last tenth of a run: noise and the converter's step.
    static let settledShare = 0.02

    @Test(
        "every configuration that ships controls its plant inside the limits, with either law",
        arguments: configurations, [Law.learned, .pid])
    func shipped(name: String, law: Law) throws {
        let settings = try Configuration.load(path: Repository.path("configs/\(name)"))
        guard let simulation = settings.simulation else { return }
        let hasModel = settings.loops.allSatisfy { $0.learned != nil }
        guard law == .pid || hasModel else { return }
        let count = Int(simulation.durationSeconds * 1_000) / settings.periodMilliseconds
        var run = try SimulatedRun(settings, law: law)
        var errors = settings.loops.map { _ in 0.0 }
        var last = settings.loops.map { _ in TickRecord() }
        for tick in 0..<count {
            run.step { record, truth in
                let loop = Int(record.loop)
                let sensor = settings.sensors[settings.loops[loop].sensor.index]
                let isInside = truth > sensor.limitLow && truth < sensor.limitHigh
                if !isInside { Issue.record("\(name), tick \(tick): \(truth)") }
                if tick >= count - count / 10 {
                    let setpoint = Double(record.setpoint.bits) / 65_536
                    errors[loop] += (setpoint - truth) / Double(count / 10)
                }
                last[loop] = record
            }
        }
        for (index, record) in last.enumerated() {
            let sensor = settings.sensors[settings.loops[index].sensor.index]
            guard !Self.endingSafe.contains(name) else {
                #expect(record.latched == 1)
                #expect(record.output == Q16_16(bits: 0))
                continue
            }
            #expect(record.latched == 0)
            #expect(record.cause == SupervisorCause.nominal.rawValue)
            #expect(record.state == (law == .learned ? 2 : 1))
            #expect(abs(errors[index]) < Self.settledShare * (sensor.high - sensor.low))
        }
    }
}
