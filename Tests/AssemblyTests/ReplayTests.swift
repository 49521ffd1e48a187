import Assembly
import Configuration
import Control
import FixedPoint
import Foundation
import ModelFile
import Telemetry
import Testing

@Suite("Replay")
struct ReplayTests {
    /// With a dropout, so that faults, ages and a change of state are among the ticks.
    private static func sample(ticks: Int = 40, _ changes: [(String, String)] = []) throws
        -> SampleRun
    {
        let events = """
            [[simulation.event]]
            at_s = 14
            kind = "dropout"
            duration_s = 4.0
            [[device]]
            """
        let all = [("[[device]]", events), ("bridge_ms = 3000", "bridge_ms = 1000")] + changes
        return try SampleRun(try Plain.settings(all), ticks: ticks)
    }

    @Test("a recorded run comes out the same, tick for tick")
    func matches() throws {
        let sample = try Self.sample(ticks: 200)
        #expect(Set(sample.ticks.map(\.state)).count > 1)
        #expect(sample.ticks.contains { $0.readFault != 0 })
        var replay = try Replay(sample.description)
        for tick in sample.ticks { try replay.step(tick) }
        #expect(replay.matched == 200)
    }

    @Test("two loops come out the same")
    func twoLoops() throws {
        let settings = try Configuration.load(
            path: Repository.path("configs/quadruple-tank.toml"))
        let sample = try SampleRun(settings, ticks: 100)
        #expect(sample.ticks.count == 200)
        #expect(SampleRun.replay(sample.description, sample.ticks) == nil)
    }

    @Test("timing that no decision uses may differ")
    func timing() throws {
        let fault = try Self.sample().replay(changing: 20) { tick in
            tick.latenessNanoseconds = 12_345
            tick.stepNanoseconds = 678
        }
        #expect(fault == nil)
    }

    @Test("one bit of any decision is a difference, at its tick")
    func decisions() throws {
        let sample = try Self.sample()
        let changes: [(inout TickRecord) -> Void] = [
            { $0.sensorFault ^= 1 }, { $0.state ^= 1 }, { $0.cause ^= 1 }, { $0.latched ^= 1 },
            { $0.estimateAgeTicks ^= 1 }, { $0.estimate.bits ^= 1 }, { $0.setpoint.bits ^= 1 },
            { $0.pidCommand.bits ^= 1 }, { $0.learnedCommand.bits ^= 1 },
            { $0.applied.bits ^= 1 }, { $0.output.bits ^= 1 }, { $0.integrator.bits ^= 1 },
            { $0.inputGate ^= 1 }, { $0.forgetGate ^= 1 }, { $0.outputGate ^= 1 },
            { $0.saturations ^= 1 },
        ]
        for (number, change) in changes.enumerated() {
            var altered = sample.ticks[25]
            change(&altered)
            let fault = sample.replay(changing: 25, change)
            guard case .differs(let recorded, let computed) = fault else {
                Issue.record("change \(number): \(String(describing: fault))")
                continue
            }
            #expect(recorded == altered)
            #expect(computed == sample.ticks[25])
        }
    }

    @Test("one bit of an input that decides is a difference")
    func inputs() throws {
        let sample = try Self.sample()
        let changes: [(inout TickRecord) -> Void] = [
            { $0.reading.bits ^= 1 }, { $0.target.bits ^= 1 },
            { $0.readFault = SensorFault.malformed.rawValue },
            { $0.requestedState = SupervisorState.safe.rawValue },
            { $0.requestedState = SupervisorState.fallback.rawValue },
            // So old that it is no reading any more.
            { $0.readingTimeNanoseconds = 0 },
        ]
        for (number, change) in changes.enumerated() {
            let fault = sample.replay(changing: 25, change)
            guard case .differs(let recorded, _) = fault else {
                Issue.record("change \(number): \(String(describing: fault))")
                continue
            }
            #expect(recorded.tick == 25)
        }
    }

    @Test("a missing tick, a tick twice, and missed periods that were none are gaps")
    func gaps() throws {
        let sample = try Self.sample()
        var ticks = sample.ticks
        ticks.remove(at: 10)
        guard
            case .gap(loop: 0, expected: 10, found: 11) = SampleRun.replay(
                sample.description, ticks)
        else {
            Issue.record("missing")
            return
        }
        ticks = sample.ticks
        ticks.insert(ticks[10], at: 10)
        guard
            case .gap(loop: 0, expected: 11, found: 10) = SampleRun.replay(
                sample.description, ticks)
        else {
            Issue.record("twice")
            return
        }
        guard case .gap = sample.replay(changing: 10, { $0.missedPeriods = 1 }) else {
            Issue.record("missed")
            return
        }
    }

    @Test("a loop that begins late has missed what was before")
    func lateStart() throws {
        let sample = try Self.sample()
        guard case .gap(0, 0, 5) = SampleRun.replay(sample.description, [sample.ticks[5]]) else {
            Issue.record("accepted")
            return
        }
    }

    @Test("values that no loop writes are foreign, not a trap")
    func foreign() throws {
        let sample = try Self.sample()
        let changes: [(inout TickRecord) -> Void] = [
            { $0.loop = 1 }, { $0.loop = 255 }, { $0.requestedState = 3 }, { $0.readFault = 6 },
            { $0.actuatorFault = 99 },
        ]
        for (number, change) in changes.enumerated() {
            guard case .foreign(tick: 25) = sample.replay(changing: 25, change) else {
                Issue.record("change \(number)")
                continue
            }
        }
        let extremes: [(inout TickRecord) -> Void] = [
            { $0.tick = .max }, { $0.missedPeriods = .max }, { $0.timeNanoseconds = .max },
            { $0.readingTimeNanoseconds = .max }, { $0.reading.bits = .min },
            { $0.target.bits = .min }, { $0.target.bits = .max },
        ]
        for change in extremes { _ = sample.replay(changing: 25, change) }
    }

    @Test("a thinned record cannot be replayed")
    func decimated() throws {
        var description = try Self.sample().description
        description.every = 3
        guard case .decimated(every: 3) = SampleRun.replay(description, []) else {
            Issue.record("accepted")
            return
        }
    }

    @Test("a record whose loops are not those of its configuration is a fault, not a trap")
    func wrongLoops() throws {
        let good = try Self.sample().description
        var more = good
        more.loops.append(LoopDescription(name: "other", sensorUnit: "C", outputUnit: "%"))
        guard case .wrongLoops(found: 2, configured: 1) = SampleRun.replay(more, []) else {
            Issue.record("more")
            return
        }
        var none = good
        none.loops = []
        guard case .wrongLoops(found: 0, configured: 1) = SampleRun.replay(none, []) else {
            Issue.record("none")
            return
        }
    }

    @Test("a damaged configuration or model in the record is a fault")
    func damagedHead() throws {
        let good = try Self.sample().description
        var configuration = good
        configuration.configuration = "schema = 2"
        guard case .assembly(.configuration) = SampleRun.replay(configuration, []) else {
            Issue.record("configuration")
            return
        }
        var model = good
        model.attachments[0].bytes[100] ^= 4
        guard case .assembly(.model) = SampleRun.replay(model, []) else {
            Issue.record("model")
            return
        }
    }

    @Test("through a file and back it still comes out the same")
    func throughFile() throws {
        let sample = try Self.sample(ticks: 120)
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var recorder = try Recorder(
            directory: directory, run: sample.description,
            options: RecorderOptions(maxFileBytes: .max))
        for tick in sample.ticks { recorder.write(tick) }
        recorder.close()
        let file = try RecordFile(path: "\(directory)/\(recorder.fileName)")
        #expect(file.ticks == sample.ticks)
        #expect(SampleRun.replay(try #require(file.run), file.ticks) == nil)
    }
}
