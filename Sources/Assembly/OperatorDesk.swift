package import Configuration
package import ControlSocket
import Control
import FixedPoint
package import ModelFile

/// Takes requests of the control socket, hands checked orders to the control thread, and answers
/// when a tick has obeyed them.
///
/// It runs on a thread of its own and waits for nobody: what a client sends is checked here, and
/// the control thread sees only orders within the limits of its loops.
package struct OperatorDesk {
    /// A line for a client, by its number on the socket.
    package struct Reply {
        package let client: UInt64
        package let answer: ControlAnswer
        /// Who changed what, for the log; nothing when nothing was changed.
        package var note: String?
    }

    /// A request that was handed on: it is answered when a status acknowledges it.
    private struct Outstanding {
        let client: UInt64
        let sequence: UInt64
        let loop: Int
        let deadline: UInt64
        let note: String
        let answer: ControlAnswer
    }

    /// A reload that a client asked for: it is answered when it has ended.
    private struct AwaitedReload {
        let client: UInt64
        let order: UInt64
        let deadline: UInt64
        let note: String
    }

    /// Without a sign of its client for so long, an experiment is withdrawn.
    package static let leaseSeconds = 5.0
    /// Beyond two periods, after which a request is answered as not obeyed.
    private static let patienceSeconds = 2.0
    /// After which a reload that has not ended is answered as such. A large model takes some seconds.
    private static let reloadNanoseconds: UInt64 = 100_000_000_000
    /// Of a reason: it has to fit into an answer, however many problems a configuration has.
    private static let reasonLimit = 16_384
    private static let overtaken =
        "the configuration has changed meanwhile, and its limits forbid this"

    private var settings: Settings
    private var models: [Model?]
    private let realPeriodSeconds: Double
    private let processID: Int32
    private var statuses: [LoopStatus?]
    private var logs: [ExperimentLog?]
    private var outstanding: [Outstanding] = []
    private let reloads: ReloadOrders?
    private var awaiting: [AwaitedReload] = []
    private var timing: RunTiming?
    private var lastSequence: UInt64 = 0
    private var lastExperiment: UInt32 = 0

    /// - Parameters:
    ///   - realPeriodSeconds: of the program's ticks.
    ///   - reloads: where a reload is asked for; without it none can be.
    package init(
        _ settings: Settings, models: [Model?], realPeriodSeconds: Double, processID: Int32,
        reloads: ReloadOrders? = nil
    ) {
        self.reloads = reloads
        self.settings = settings
        self.models = models
        self.realPeriodSeconds = realPeriodSeconds
        self.processID = processID
        statuses = settings.loops.map { _ in nil }
        logs = settings.loops.map { _ in nil }
    }

    /// Takes over the configuration that the loops run with by now.
    package mutating func revise(_ settings: Settings, models: [Model?]) {
        self.settings = settings
        self.models = models
    }

    /// Takes a loop's status after a tick.
    package mutating func take(_ status: LoopStatus) {
        let loop = Int(status.record.loop)
        guard loop < statuses.count else { return }
        statuses[loop] = status
        logs[loop]?.take(status.record)
    }

    /// Takes the timing of the run up to now.
    package mutating func take(_ timing: RunTiming) { self.timing = timing }

    /// Takes a request; the reply comes at once or, for what a tick has to obey, with a later
    /// `replies`.
    ///
    /// - Parameter push: hands an order to the control thread; false when there is no room.
    package mutating func take(
        _ line: SocketLine, now: UInt64, push: (LoopRequest) -> Bool
    ) -> Reply? {
        do throws(OrderRefusal) {
            let request: ControlRequest
            do throws(SocketFault) {
                request = try ControlCoding.request(line.bytes)
            } catch {
                guard case .malformed(let reason) = error else { throw OrderRefusal("\(error)") }
                throw OrderRefusal(reason)
            }
            let answer = try take(request, from: line, now: now, push: push)
            return answer.map { Reply(client: line.client, answer: $0) }
        } catch {
            return Reply(client: line.client, answer: .refused(error.reason))
        }
    }

    /// Answers to what ticks have obeyed, or have not for too long.
    package mutating func replies(now: UInt64) -> [Reply] {
        var replies = reloadReplies(now: now)
        outstanding.removeAll { item in
            if let status = statuses[item.loop], status.acknowledged >= item.sequence {
                guard status.refused != item.sequence else {
                    replies.append(
                        Reply(client: item.client, answer: .refused(Self.overtaken)))
                    return true
                }
                var answer = item.answer
                answer.tick = status.record.tick
                replies.append(Reply(client: item.client, answer: answer, note: item.note))
                return true
            }
            guard now >= item.deadline else { return false }
            replies.append(
                Reply(
                    client: item.client,
                    answer: .refused("the control thread has not taken it; it may still do so"),
                    note: item.note + " (not yet in force)"))
            return true
        }
        return replies
    }

    /// A client has gone: so have its experiments. Its orders are in force all the same, and are told
    /// as those of others.
    package mutating func leave(_ client: UInt64, push: (LoopRequest) -> Bool) {
        for index in logs.indices {
            guard let log = logs[index], log.client == client else { continue }
            // Without room in the ring the lease still ends it.
            _ = hand(.abort(number: log.number), to: index, push)
            logs[index] = nil
        }
    }

    // MARK: Private

    private mutating func take(
        _ request: ControlRequest, from line: SocketLine, now: UInt64,
        push: (LoopRequest) -> Bool
    ) throws(OrderRefusal) -> ControlAnswer? {
        var answer = ControlAnswer(ok: true)
        let order: LoopRequest.Order
        switch request.request {
        case .status: return status()
        case .reload: return try reload(request, from: line, now: now)
        case .progress: return try progress(request, loop: try loop(request), push)
        case .set: order = try check(request).setpoint(request)
        case .mode: order = try check(request).mode(request)
        case .inject:
            order = try check(request).drill(
                request, realPeriodSeconds: realPeriod(ofLoop: try loop(request)))
        case .abort:
            let index = try loop(request)
            guard let number = request.number else {
                throw OrderRefusal("the key \"number\" is missing")
            }
            order = .abort(number: number)
            if logs[index]?.number == number { logs[index]?.isWithdrawn = true }
        case .experiment:
            order = try check(request).experiment(
                request.experiment, number: lastExperiment &+ 1,
                leaseTicks: leaseTicks(ofLoop: try loop(request)))
            lastExperiment &+= 1
            answer.number = lastExperiment
        }
        let index = try loop(request)
        guard let sequence = hand(order, to: index, push) else {
            throw OrderRefusal("the control thread has no room for more requests")
        }
        if let number = answer.number {
            logs[index] = ExperimentLog(number: number, client: line.client)
        }
        let seconds = Self.patienceSeconds + 2 * realPeriod(ofLoop: index)
        outstanding.append(
            Outstanding(
                client: line.client, sequence: sequence, loop: index,
                deadline: now &+ UInt64(seconds * 1e9),
                note: Self.note(request, from: line), answer: answer))
        return nil
    }

    /// Encoded anew: what a client wrote never reaches a terminal as it is.
    private static func note(_ request: ControlRequest, from line: SocketLine) -> String {
        let text = (try? ControlCoding.line(request)).map { String(decoding: $0, as: UTF8.self) }
        return "\(line.peer): \(text ?? "")"
    }

    private mutating func reload(
        _ request: ControlRequest, from line: SocketLine, now: UInt64
    ) throws(OrderRefusal) -> ControlAnswer? {
        guard let reloads else { throw OrderRefusal("nothing can be reloaded here") }
        awaiting.append(
            AwaitedReload(
                client: line.client, order: reloads.ask(),
                deadline: now &+ Self.reloadNanoseconds, note: Self.note(request, from: line)))
        return nil
    }

    private mutating func reloadReplies(now: UInt64) -> [Reply] {
        var replies: [Reply] = []
        awaiting.removeAll { item in
            var answer = ControlAnswer(ok: true)
            switch reloads?.end(of: item.order) {
            case .taken(let report): answer.reload = report
            case .refused(let reason):
                answer = .refused(Self.bounded(reason))
            case .none:
                guard now >= item.deadline else { return false }
                answer = .refused("the reload has not ended yet; the log will say how it did")
            }
            replies.append(Reply(client: item.client, answer: answer, note: item.note))
            return true
        }
        return replies
    }

    private static func bounded(_ reason: String) -> String {
        guard reason.utf8.count > reasonLimit else { return reason }
        return String(decoding: reason.utf8.prefix(reasonLimit), as: UTF8.self) + " ..."
    }

    /// From one tick of a loop to the next, in real time.
    private func realPeriod(ofLoop index: Int) -> Double {
        realPeriodSeconds * Double(settings.loops[index].periodMilliseconds)
            / Double(settings.periodMilliseconds)
    }

    private func leaseTicks(ofLoop index: Int) -> UInt32 {
        let ticks = (Self.leaseSeconds / realPeriod(ofLoop: index)).rounded(.up)
        return UInt32(min(1e9, max(2, ticks)))
    }

    /// The sequence of the order; nothing when there was no room.
    private mutating func hand(
        _ order: LoopRequest.Order, to loop: Int, _ push: (LoopRequest) -> Bool
    ) -> UInt64? {
        lastSequence += 1
        let request = LoopRequest(sequence: lastSequence, loop: UInt8(loop), order: order)
        return push(request) ? lastSequence : nil
    }

    private func check(_ request: ControlRequest) throws(OrderRefusal) -> OrderCheck {
        let index = try loop(request)
        return OrderCheck(settings, loop: index, model: models[index], status: statuses[index])
    }

    private func loop(_ request: ControlRequest) throws(OrderRefusal) -> Int {
        let names = settings.loops.map(\.name)
        guard let name = request.loop, let index = names.firstIndex(of: name) else {
            throw OrderRefusal(
                "the loop is \"\(request.loop ?? "")\"; allowed: \(names.joined(separator: ", "))")
        }
        return index
    }

    private mutating func progress(
        _ request: ControlRequest, loop: Int, _ push: (LoopRequest) -> Bool
    ) throws(OrderRefusal) -> ControlAnswer {
        guard let log = logs[loop], log.number == request.number else {
            throw OrderRefusal("there is no such experiment")
        }
        let told = log.progress(after: request.after)
        let tick = statuses[loop]?.record.tick
        if told.isActing, log.renewedTick == nil || log.renewedTick != tick {
            logs[loop]?.renewedTick = tick
            _ = hand(.renewLease(number: log.number), to: loop, push)
        }
        var answer = ControlAnswer(ok: true)
        answer.progress = told
        return answer
    }

    private func status() -> ControlAnswer {
        var answer = ControlAnswer(ok: true)
        let period = Double(settings.periodMilliseconds) / 1_000
        answer.status = DaemonStatus(
            name: settings.name, configuration: settings.path, processID: processID,
            periodSeconds: period, speed: period / realPeriodSeconds,
            allowsInject: settings.control?.allowsInject ?? false,
            loops: settings.loops.indices.compactMap { index in
                statuses[index].map { LoopReportedStatus($0, settings, loop: index, timing) }
            })
        answer.status?.timing = timing?.ticks
        return answer
    }
}
