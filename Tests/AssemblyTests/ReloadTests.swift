import Assembly
import Configuration
import Control
import ControlSocket
import FixedPoint
import ModelFile
import Telemetry
import Testing

@Suite("A reload")
struct ReloadTests {
    /// A run whose configuration is exchanged after each stretch of ticks, and its record.
    private static func run(
        _ changes: [[(String, String)]], ticks count: Int = 60
    ) throws -> [(run: RunDescription, ticks: [TickRecord])] {
        var settings = try Plain.settings()
        var run = try SimulatedRun(settings)
        var models = run.controllers.models
        var description = try RunDescription(
            settings, models: models, runIdentifier: "ab", startUnixNanoseconds: 0,
            startClockNanoseconds: 0)
        var parts: [(run: RunDescription, ticks: [TickRecord])] = []
        for number in 0...changes.count {
            if number > 0 {
                settings = try Plain.settings(changes[number - 1])
                let fresh = try Controllers(settings)
                run.controllers.instances[0].revise(
                    fresh.instances[0],
                    replacesLaw: Controllers.isOther(fresh.models[0], than: models[0]))
                models = fresh.models
                try description.revise(settings, models: models, number: UInt32(number))
            }
            var ticks: [TickRecord] = []
            for _ in 0..<count { run.step { record, _ in ticks.append(record) } }
            parts.append((description, ticks))
        }
        return parts
    }

    private static func replay(
        _ parts: [(run: RunDescription, ticks: [TickRecord])]
    ) throws -> ReplayFault? {
        do throws(ReplayFault) {
            var replay = try Replay(parts[0].run)
            for (index, part) in parts.enumerated() {
                if index > 0 { try replay.revise(part.run) }
                for tick in part.ticks { try replay.step(tick) }
            }
            return nil
        } catch {
            return error
        }
    }

    @Test("comes out the same in a replay, with gains, limits and laws that change")
    func replay() throws {
        let parts = try Self.run([
            [("kp = \"4 %/C\"", "kp = \"6 %/C\"")],
            [("kp = \"4 %/C\"", "kp = \"6 %/C\""), ("\"70 C\"", "\"65 C\"")],
            [("law = \"learned\"", "law = \"pid\"")],
        ])
        #expect(parts.map(\.run.revision) == ["0", "1", "2", "3"])
        #expect(Set(parts.map(\.run.runIdentifier)).count == 1)
        let fault = try Self.replay(parts)
        #expect(fault == nil)
    }

    @Test("that a replay does not know of is a difference")
    func unknown() throws {
        var parts = try Self.run([[("kp = \"4 %/C\"", "kp = \"6 %/C\"")]])
        parts[1].run = parts[0].run
        guard case .differs(let recorded, _) = try Self.replay(parts) else {
            Issue.record("no difference")
            return
        }
        #expect(recorded.tick == 60)
    }

    @Test("withdraws an experiment, and an operator's setpoint at the new limits or beyond")
    func orders() throws {
        var orders = LoopOrders(configured: .learned)
        func limits(_ high: Double) throws -> ClosedRange<Q16_16> {
            try #require(Q16_16(0))...(try #require(Q16_16(high)))
        }
        let setpoint = try #require(Q16_16(60))
        orders.take(LoopRequest(sequence: 1, loop: 0, order: .setpoint(setpoint)))
        orders.take(
            LoopRequest(
                sequence: 2, loop: 0, order: .experiment(Experiment(), leaseTicks: 100)))
        orders.revise(configured: .fallback, limits: try limits(70))
        #expect(orders.setpoint == setpoint)
        #expect(orders.experiment == nil)
        orders.revise(configured: .fallback, limits: try limits(60))
        #expect(orders.setpoint == nil)
        var input = TickInput(
            tick: 0, timeNanoseconds: 0, missedPeriods: 0, reading: nil, readFault: nil,
            actuatorFault: nil, target: setpoint, requested: .safe)
        orders.fill(&input)
        #expect(input.requested == .fallback)
    }

    @Test("overtakes an order that was checked before: what its limits forbid is refused, and said")
    func overtakes() throws {
        var orders = LoopOrders(configured: .fallback)
        let (low, high) = (Q16_16(bits: 0), Q16_16(bits: 60 << 16))
        orders.revise(configured: .fallback, limits: low...high)
        func take(_ sequence: UInt64, _ order: LoopRequest.Order) -> Bool {
            orders.take(LoopRequest(sequence: sequence, loop: 0, order: order))
            #expect(orders.acknowledged == sequence)
            return orders.refused != sequence
        }
        #expect(!take(1, .setpoint(high)) && orders.setpoint == nil)
        #expect(take(2, .setpoint(Q16_16(bits: 59 << 16))))
        var experiment = Experiment()
        experiment.low = Q16_16(bits: 1 << 16)
        experiment.high = Q16_16(bits: 61 << 16)
        #expect(!take(3, .experiment(experiment, leaseTicks: 5)) && orders.experiment == nil)
        experiment.high = Q16_16(bits: 59 << 16)
        #expect(take(4, .experiment(experiment, leaseTicks: 5)) && orders.experiment != nil)
        // What makes a loop safer passes in any case.
        #expect(take(5, .mode(.safe, command: low)) && orders.mode == .safe)

        var desk = OperatorDesk(
            try Plain.settings(), models: [nil], realPeriodSeconds: 0.5, processID: 1)
        let line = SocketLine(
            client: 3, peer: SocketPeer(user: 0, process: 1),
            bytes: Array(#"{"request":"set","loop":"heater","setpoint":65}"#.utf8))
        var sent: LoopRequest?
        #expect(
            desk.take(line, now: 0) { request in
                sent = request
                return true
            } == nil)
        orders.take(try #require(sent))
        desk.take(LoopStatus(TickRecord(), orders))
        let answer = try #require(desk.replies(now: 1).first).answer
        #expect(!answer.ok && answer.error?.contains("has changed meanwhile") == true)
    }
}
