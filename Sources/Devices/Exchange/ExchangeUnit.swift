import Control
import Glibc

/// A device on a serial line that answers each line of text with one: the user's own board, whose
/// requests and answers the configuration describes.
///
/// One request in a turn, so that an end, or a command that grew too old, waits for one answer at most.
/// Each round begins with the outputs, whether their levels changed or not.
package final class ExchangeUnit<Calls: TerminalCalls>: BoardUnit {
    package let name: String
    package var hasOutputs: Bool { !outputs.isEmpty }
    package var settleNanoseconds: UInt64 { timing.settle }
    /// Whether everything has answered since the line was opened.
    package private(set) var isReady = false

    private let path: String
    private let baud: UInt32
    private let framing: LineFraming
    private let timing: ExchangeTiming
    private let queries: [ExchangeQuery]
    private var outputs: [ExchangeOutput]
    private let calls: Calls

    private var port: Optional<SerialPort<Calls>> = nil
    private var settledNanoseconds: UInt64 = 0
    private var nextRoundNanoseconds: UInt64 = 0
    /// The query whose turn is next in this round.
    private var next = 0
    /// The output whose turn is next, and how many were driven since a sensor was asked.
    private var turn = 0
    private var driven = 0
    private var unanswered = 0
    /// Of this round: whether every answer was as it should be.
    private var isWhole = true
    /// An answer may still come: it must not be taken for that of the next request.
    private var isLateAnswerPossible = false

    private enum Answer {
        case numbers([String: Double])
        /// A line that is not of the protocol.
        case malformed
        case silence
    }

    /// - Parameter path: best one of `/dev/serial/by-id`, which is kept when it is plugged in again.
    package init(
        name: String, path: String, baud: UInt32, framing: LineFraming, timing: ExchangeTiming,
        queries: [ExchangeQuery], outputs: [ExchangeOutput], calls: Calls
    ) {
        self.name = name
        self.path = path
        self.baud = baud
        self.framing = framing
        self.timing = timing
        self.queries = queries
        self.outputs = outputs
        self.calls = calls
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        do throws(SerialFault) {
            port = try SerialPort(path: path, baud: baud, calls: calls)
        } catch {
            throw fault(error)
        }
        settledNanoseconds = now + timing.settle
        nextRoundNanoseconds = settledNanoseconds
        next = queries.count
        unanswered = 0
        (turn, driven) = (0, 0)
        isWhole = false
        isLateAnswerPossible = false
        for index in outputs.indices { outputs[index].sent = nil }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        guard now >= settledNanoseconds else { return settledNanoseconds }
        if next == queries.count, now >= nextRoundNanoseconds { beginRound(now) }
        // Each output in its turn, and a sensor after as many: none keeps the others from theirs.
        if driven < outputs.count || next == queries.count {
            for step in outputs.indices {
                let index = (turn + step) % outputs.count
                let request = outputs[index].request(nowNanoseconds: now)
                guard outputs[index].isDue || request != outputs[index].sent else { continue }
                turn = index + 1
                driven += 1
                try drive(index, request, now)
                return calls.nowNanoseconds
            }
        }
        driven = 0
        guard next < queries.count else {
            if isWhole { isReady = true }
            return min(nextRoundNanoseconds, calls.nowNanoseconds + timing.drive)
        }
        try ask(queries[next], now)
        next += 1
        return calls.nowNanoseconds
    }

    private func beginRound(_ now: UInt64) {
        next = 0
        isWhole = true
        nextRoundNanoseconds = now + timing.poll
        for index in outputs.indices { outputs[index].isDue = true }
    }

    private func drive(_ index: Int, _ request: [UInt8], _ now: UInt64) throws(BoardFault) {
        outputs[index].sent = request
        outputs[index].isDue = false
        let output = outputs[index]
        // The level that the request was written from: nothing has read a newer one in between.
        let level = output.channel.lastLevel
        switch try exchange(request, output.response) {
        case .numbers(let numbers):
            let isAsSent = output.confirms(numbers, level: level)
            output.channel.confirm(asSent: isAsSent, nowNanoseconds: calls.nowNanoseconds)
            if !isAsSent { isWhole = false }
        case .malformed, .silence:
            isWhole = false
            output.channel.miss()
        }
    }

    /// A reading is as old as the request for it. Without an answer the last one grows old.
    private func ask(_ query: ExchangeQuery, _ now: UInt64) throws(BoardFault) {
        switch try exchange(query.request.text(), query.response) {
        case .numbers(let numbers): query.publish(numbers, timeNanoseconds: now)
        case .malformed:
            isWhole = false
            query.publish(nil, timeNanoseconds: now)
        case .silence: isWhole = false
        }
    }

    private func exchange(
        _ request: [UInt8], _ response: LinePattern
    ) throws(BoardFault) -> Answer {
        do throws(SerialFault) {
            if isLateAnswerPossible { try awaitLateAnswer(within: timing.deadline) }
            let answer = try answer(to: request, response, within: timing.deadline)
            if case .silence = answer {
                isLateAnswerPossible = true
                unanswered += 1
            } else {
                unanswered = 0
            }
            guard unanswered < ExchangeTiming.silenceLimit else { throw .timedOut }
            return answer
        } catch {
            throw fault(error)
        }
    }

    /// Sends a line and takes the next one that comes.
    private func answer(
        to request: [UInt8], _ response: LinePattern, within deadline: UInt64
    ) throws(SerialFault) -> Answer {
        try port?.flush()
        let limit = calls.nowNanoseconds + deadline
        do throws(SerialFault) {
            try port?.write(ProtocolLine(framing.line(request).span), deadlineNanoseconds: limit)
            guard let line = try nextLine(untilNanoseconds: limit),
                let text = framing.text(line), let numbers = response.numbers(in: text)
            else { return .malformed }
            return .numbers(numbers)
        } catch {
            guard error == .timedOut else { throw error }
            return .silence
        }
    }

    /// `nil` for a line that is too long.
    private func nextLine(untilNanoseconds limit: UInt64) throws(SerialFault) -> [UInt8]? {
        var framer = LineFramer(end: framing.terminator.last)
        while true {
            guard let byte = try port?.nextByte(deadlineNanoseconds: limit) else { return nil }
            switch framer.push(byte) {
            case nil: continue
            case .overlong: return nil
            case .line(let line):
                var bytes: [UInt8] = []
                for place in line.bytes.indices { bytes.append(line.bytes[place]) }
                return bytes
            }
        }
    }

    /// Once more the deadline for the answer that did not come; what comes is thrown away.
    private func awaitLateAnswer(within deadline: UInt64) throws(SerialFault) {
        isLateAnswerPossible = false
        let limit = calls.nowNanoseconds + deadline
        do throws(SerialFault) {
            _ = try nextLine(untilNanoseconds: limit)
        } catch {
            guard error == .timedOut else { throw error }
        }
    }

    package func lose() {
        for query in queries {
            for (_, channel) in query.inputs { channel.publish(.disconnected) }
        }
        for output in outputs { output.channel.lose() }
        // It may be gone, or only silent: what can be said is said.
        try? sayLastWords()
        port = nil
        isReady = false
    }

    /// Each output with its answer; after the first that does not come the others are only told.
    package func close() -> Bool {
        guard hasOutputs else {
            port = nil
            isReady = false
            return true
        }
        // A board that was just reset hears nothing.
        guard calls.nowNanoseconds >= settledNanoseconds else { return false }
        guard (try? confirmSafe()) == true else {
            try? sayLastWords()
            return false
        }
        port = nil
        isReady = false
        return true
    }

    private func confirmSafe() throws(SerialFault) -> Bool {
        if isLateAnswerPossible {
            // Else the answer to an older request might be taken for that of the first one here.
            try? sayLastWords()
            try? awaitLateAnswer(within: min(timing.deadline, ExchangeTiming.endDeadline))
        }
        for output in outputs {
            let deadline = min(timing.deadline, ExchangeTiming.endDeadline)
            let answer = try answer(
                to: output.safeRequest, output.response, within: deadline)
            guard case .numbers(let numbers) = answer,
                output.confirms(numbers, level: output.channel.safe)
            else { return false }
        }
        return true
    }

    /// Line by line, for none is longer than a `ProtocolLine`.
    private func sayLastWords() throws(SerialFault) {
        let limit = calls.nowNanoseconds
        try port?.write(
            ProtocolLine(framing.terminator.bytes.span), deadlineNanoseconds: limit)
        for output in outputs {
            try port?.write(
                ProtocolLine(framing.line(output.safeRequest).span), deadlineNanoseconds: limit)
        }
    }

    private func fault(_ fault: SerialFault) -> BoardFault {
        switch fault {
        case .notOpened(let errno): .call(path, errno: errno)
        case .gone(let errno): .call(path, errno: errno == 0 ? EIO : errno)
        case .timedOut, .malformed: .silent(path)
        }
    }
}
