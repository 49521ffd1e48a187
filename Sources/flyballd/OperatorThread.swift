import Assembly
import ControlSocket
import Realtime

/// Answers the control socket, on an ordinary thread of its own: whatever clients do, the loops
/// see nothing but orders that were checked here.
///
/// Unchecked, since the server is a class: it is handed over at the start of the thread.
struct OperatorThread: ~Copyable, @unchecked Sendable {
    let server: SocketServer
    var desk: OperatorDesk
    var requests: SampleRingProducer<LoopRequest>
    var statuses: SampleRingConsumer<LoopStatus>
    let stop: StopFlag
    let running: RunningConfiguration
    let board: TimingBoard
    private var revision: UInt32 = 0

    init(
        server: SocketServer, desk: OperatorDesk,
        requests: consuming SampleRingProducer<LoopRequest>,
        statuses: consuming SampleRingConsumer<LoopStatus>, stop: StopFlag,
        running: RunningConfiguration, board: TimingBoard
    ) {
        self.board = board
        self.server = server
        self.desk = desk
        self.requests = requests
        self.statuses = statuses
        self.stop = stop
        self.running = running
    }

    mutating func run() {
        while !stop.isRaised {
            let now = MonotonicClock.nowNanoseconds
            round(now)
            MonotonicClock.sleep(untilNanoseconds: now &+ SocketLimits.roundNanoseconds)
        }
        server.close()
    }

    private mutating func round(_ now: UInt64) {
        if let content = running.since(revision) {
            revision = content.number
            desk.revise(content.settings, models: content.models)
        }
        if let timing = board.take() { desk.take(timing) }
        while let status = statuses.pop() { desk.take(status) }
        var gone: [UInt64] = []
        let lines = server.round(now: now) { gone.append($0) }
        for client in gone { desk.leave(client) { requests.push($0) } }
        for line in lines {
            let reply = desk.take(line, now: now) { requests.push($0) }
            if let reply { answer(reply, now) }
        }
        for reply in desk.replies(now: now) { answer(reply, now) }
    }

    private func answer(_ reply: OperatorDesk.Reply, _ now: UInt64) {
        if let note = reply.note { Log.write(.notice, "control: \(note)") }
        do throws(SocketFault) {
            server.answer(reply.client, try ControlCoding.line(reply.answer), now: now)
        } catch {
            // A number that JSON cannot say; a record holds none.
            Log.write(.error, "control: \(error)")
            server.answer(
                reply.client, Array(#"{"ok":false,"error":"no answer can be written"}"#.utf8),
                now: now)
        }
    }
}
