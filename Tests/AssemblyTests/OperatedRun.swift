import Assembly
import Configuration
import Control
import ControlSocket
import Testing

/// A simulated run with an operator's desk beside it, as the daemon has them: requests in, ticks,
/// replies out.
final class OperatedRun {
    static let period: UInt64 = 500_000_000

    private var run: SimulatedRun
    private var desk: OperatorDesk
    private(set) var ticks: [TickRecord] = []
    private var now: UInt64 = 0
    private var pending: [LoopRequest] = []
    private let settings: Settings

    init(_ settings: Settings) throws {
        self.settings = settings
        run = try SimulatedRun(settings)
        desk = OperatorDesk(
            settings, models: run.controllers.models, realPeriodSeconds: 0.5, processID: 7)
    }

    /// Ticks of all loops; requests that came before are taken first.
    @discardableResult
    func tick(_ count: Int = 1) -> TickRecord {
        for _ in 0..<count {
            for request in pending { run.take(request) }
            pending = []
            var records: [TickRecord] = []
            run.step { record, _ in records.append(record) }
            for record in records { desk.take(run.status(record)) }
            ticks += records
            now += Self.period
        }
        return ticks[ticks.count - 1]
    }

    /// What a client is told: at once, or after the next tick.
    func ask(_ text: String, client: UInt64 = 1) throws -> ControlAnswer {
        let line = SocketLine(
            client: client, peer: SocketPeer(user: 0, process: 1), bytes: Array(text.utf8))
        if let reply = desk.take(line, now: now, push: push) { return reply.answer }
        tick()
        let reply = try #require(desk.replies(now: now).first { $0.client == client })
        return reply.answer
    }

    func ask(_ request: ControlRequest, client: UInt64 = 1) throws -> ControlAnswer {
        try ask(String(decoding: try ControlCoding.line(request), as: UTF8.self), client: client)
    }

    /// What is refused, and why; `nil` when it was not.
    func refusal(_ text: String) throws -> String? {
        let answer = try ask(text)
        return answer.ok ? nil : answer.error
    }

    func leave(_ client: UInt64) {
        desk.leave(client, push: push)
    }

    private func push(_ request: LoopRequest) -> Bool {
        pending.append(request)
        return true
    }

    /// What a replay of all ticks says; `nil` when they are the same.
    func replay() throws -> ReplayFault? {
        let sample = try SampleRun(settings, ticks: 1)
        return SampleRun.replay(sample.description, ticks)
    }
}
