import Assembly
import Control
import ControlSocket
import FixedPoint
import ModelFile
import Testing

@Suite("Experiments asked of a running loop")
struct OperatedExperimentTests {
    private func operated() throws -> OperatedRun {
        let run = try OperatedRun(
            try Plain.settings([("setpoint = \"50 C\"", "setpoint = \"40 C\"")]))
        run.tick(600)
        return run
    }

    private static let step = ExperimentRequest(
        kind: "step", amplitude: 10, settleSeconds: 10, limitSeconds: 100)

    private func begin(_ run: OperatedRun, _ asked: ExperimentRequest) throws -> ControlAnswer {
        var request = ControlRequest(.experiment, loop: "heater")
        request.experiment = asked
        return try run.ask(request)
    }

    private func progress(_ run: OperatedRun, _ number: UInt32, after: UInt64? = nil) throws
        -> ExperimentProgress
    {
        var request = ControlRequest(.progress, loop: "heater")
        request.number = number
        request.after = after
        return try #require(try run.ask(request).progress)
    }

    @Test("a step whose client renews its lease runs to its end, every tick told, and replays")
    func step() throws {
        let run = try operated()
        let answer = try begin(run, Self.step)
        let number = try #require(answer.number)
        var samples: [ExperimentProgress.Sample] = []
        var last: ExperimentProgress?
        for _ in 0..<60 {
            let part = try progress(run, number, after: samples.last?.tick)
            samples += part.samples
            last = part
            if !part.isActing { break }
            run.tick(4)
        }
        #expect(last?.end == "completed" && last?.hasMore == false)
        #expect(samples.count == 200)
        #expect(zip(samples.dropFirst(), samples).allSatisfy { $0.tick == $1.tick + 1 })
        #expect(samples.last?.seconds == 99.5)
        #expect(abs(samples[199].output - samples[0].output - 10) < 0.001)
        #expect(run.tick().source == CommandSource.law.rawValue)
        #expect(try run.replay() == nil)
    }

    @Test("progress comes in parts that fit an answer")
    func parts() throws {
        let run = try operated()
        let long = ExperimentRequest(
            kind: "step", amplitude: 10, settleSeconds: 10, limitSeconds: 150)
        let number = try #require(try begin(run, long).number)
        // The lease is 10 ticks.
        for _ in 0..<40 {
            _ = try progress(run, number, after: .max)
            run.tick(9)
        }
        let first = try progress(run, number)
        #expect(first.samples.count == 200 && first.hasMore)
        let rest = try progress(run, number, after: first.samples[199].tick)
        #expect(rest.samples.count == 100 && !rest.hasMore)
    }

    @Test("a client that vanishes ends its experiment: at once when it is seen, else by the lease")
    func vanished() throws {
        var run = try operated()
        #expect(try begin(run, Self.step).ok)
        run.leave(1)
        let record = run.tick()
        #expect(record.source == CommandSource.law.rawValue && record.experiment.rawKind == 0)

        run = try operated()
        #expect(try begin(run, Self.step).ok)
        // The tick of the answer was the first of the lease of 5 s.
        let records = (0..<10).map { _ in run.tick() }
        #expect(records[8].source == CommandSource.step.rawValue)
        #expect(
            records[9].source == CommandSource.law.rawValue && records[9].experiment.rawKind == 0)
        #expect(try run.replay() == nil)
    }

    @Test("an abort is in force in the next tick, and told")
    func abort() throws {
        let run = try operated()
        let number = try #require(try begin(run, Self.step).number)
        run.tick(3)
        var request = ControlRequest(.abort, loop: "heater")
        request.number = number
        let answer = try run.ask(request)
        #expect(answer.ok && answer.tick == run.ticks.last?.tick)
        #expect(run.ticks.last?.source == CommandSource.law.rawValue)
        let told = try progress(run, number)
        #expect(!told.isActing && told.end == "aborted" && told.samples.count == 4)
    }

    @Test("a mode asked for ends the experiment")
    func mode() throws {
        let run = try operated()
        #expect(try begin(run, Self.step).ok)
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"auto"}"#).ok)
        #expect(run.ticks.last?.experiment.rawKind == 0)
    }

    @Test("what is beyond the loop's limits is refused with the reason")
    func refused() throws {
        let run = try operated()
        let changes: [((inout ExperimentRequest) -> Void, String)] = [
            ({ $0.kind = "ramp" }, "allowed: step, relay"),
            ({ $0.amplitude = 0 }, "amplitude"), ({ $0.amplitude = 201 }, "amplitude"),
            ({ $0.limitSeconds = 0.5 }, "limit_s"), ({ $0.limitSeconds = 1e9 }, "limit_s"),
            ({ $0.settleSeconds = 100 }, "settle_s"), ({ $0.settleSeconds = -1 }, "settle_s"),
            ({ $0.high = 70.5 }, "protective limits"), ({ $0.low = -10.5 }, "protective limits"),
            (
                {
                    $0.low = 50; $0.high = 40
                }, "protective limits"
            ),
            ({ $0.ratePerSecond = 2.5 }, "max_rate_per_s"),
            ({ $0.ratePerSecond = 0 }, "max_rate_per_s"),
            (
                {
                    $0.kind = "relay"; $0.hysteresis = -1
                }, "hysteresis"
            ),
            (
                {
                    $0.kind = "relay"; $0.cycles = 1
                }, "cycles"
            ),
        ]
        for (change, reason) in changes {
            var asked = Self.step
            change(&asked)
            let answer = try begin(run, asked)
            #expect(answer.error?.contains(reason) == true, "\(reason)")
        }
        #expect(run.ticks.allSatisfy { $0.experiment.rawKind == 0 })
        #expect(try begin(run, Self.step).ok)
        #expect(try begin(run, Self.step).error == "another experiment acts")
        #expect(try run.ask(#"{"request":"mode","loop":"heater","mode":"safe"}"#).ok)
        #expect(try begin(run, Self.step).error == "the loop is in its safe state")
    }
}
