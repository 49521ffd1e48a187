import Control

/// A bus of Modbus devices, RTU: all that hang on one serial line.
///
/// One request in a turn, so that an end, or a command that grew too old, waits for one answer at most.
/// Each round begins with the outputs, whether their levels changed or not.
package final class ModbusUnit: BoardUnit {
    package let name: String
    package var hasOutputs: Bool { !outputs.isEmpty }
    /// Whether everything has answered since the line was opened.
    package private(set) var isReady = false

    private let line: ModbusLine
    private let timing: ModbusTiming
    private let inputs: [ModbusInput]
    private var outputs: [ModbusOutput]
    private let calls: any ModbusCalls

    private var nextRoundNanoseconds: UInt64 = 0
    /// The input whose turn is next in this round.
    private var next = 0
    /// Attempts at the request that is at work.
    private var attempts = 0
    private var unanswered = 0
    /// Whether any device has answered since the round began.
    private var isHeard = true
    /// The output whose turn is next, and how many were driven since a sensor was asked.
    private var turn = 0
    private var driven = 0
    /// Of this round: whether every request was answered as it should be.
    private var isWhole = false

    package init(
        name: String, line: ModbusLine, timing: ModbusTiming, inputs: [ModbusInput],
        outputs: [ModbusOutput], calls: any ModbusCalls
    ) {
        self.name = name
        self.line = line
        self.timing = timing
        self.inputs = inputs
        self.outputs = outputs
        self.calls = calls
    }

    package func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        do throws(ModbusFault) {
            try calls.open(line)
        } catch {
            throw lost(error)
        }
        nextRoundNanoseconds = now
        next = inputs.count
        attempts = 0
        unanswered = 0
        (turn, driven) = (0, 0)
        isHeard = true
        isWhole = false
        for index in outputs.indices {
            outputs[index].sent = nil
            outputs[index].isSafe = false
            outputs[index].isHeard = false
        }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        if next == inputs.count, now >= nextRoundNanoseconds { try beginRound(now) }
        // Each output in its turn, and a sensor after as many: none keeps the others from theirs.
        if driven < outputs.count || next == inputs.count {
            for step in outputs.indices {
                let index = (turn + step) % outputs.count
                let words = outputs[index].words(nowNanoseconds: now)
                guard outputs[index].isDue || words != outputs[index].sent else { continue }
                turn = index
                try drive(index, words)
                return calls.nowNanoseconds
            }
        }
        driven = 0
        guard next < inputs.count else {
            if isWhole { isReady = true }
            return min(nextRoundNanoseconds, calls.nowNanoseconds + timing.drive)
        }
        try ask(inputs[next], now)
        return calls.nowNanoseconds
    }

    /// - Throws: when nobody has answered in a whole round, and in as many requests as are allowed.
    private func beginRound(_ now: UInt64) throws(BoardFault) {
        guard isHeard || unanswered < ModbusTiming.silenceLimit else { throw .silent(line.path) }
        isHeard = false
        next = 0
        attempts = 0
        isWhole = true
        nextRoundNanoseconds = now + timing.poll
        for index in outputs.indices { outputs[index].isDue = true }
    }

    private func drive(_ index: Int, _ words: [UInt16]) throws(BoardFault) {
        outputs[index].sent = words
        let output = outputs[index]
        do throws(ModbusFault) {
            try calls.write(output.place, words)
            hasAnswered()
            outputs[index].isHeard = true
            output.channel.confirm(nowNanoseconds: calls.nowNanoseconds)
        } catch {
            outputs[index].isDue = true
            outputs[index].isHeard = false
            guard try isGivenUp(error) else { return }
            output.channel.miss()
        }
        outputs[index].isDue = false
        turn = index + 1
        driven += 1
    }

    /// A reading is as old as the request for it. Without an answer the last one grows old.
    private func ask(_ input: ModbusInput, _ now: UInt64) throws(BoardFault) {
        do throws(ModbusFault) {
            let words = try calls.read(input.place, count: input.number.wordCount)
            hasAnswered()
            if let value = input.number.value(words) {
                input.channel.publish(value, timeNanoseconds: now)
            } else {
                isWhole = false
                input.channel.publish(.malformed)
            }
        } catch {
            guard try isGivenUp(error) else { return }
            if error != .timedOut { input.channel.publish(.malformed) }
        }
        next += 1
    }

    private func hasAnswered() {
        isHeard = true
        attempts = 0
        unanswered = 0
    }

    /// Whether a failed request is not repeated: a device that refuses it would refuse it again.
    private func isGivenUp(_ fault: ModbusFault) throws(BoardFault) -> Bool {
        switch fault {
        case .line: throw lost(fault)
        case .timedOut: unanswered += 1
        case .exception, .malformed:
            unanswered = 0
            isHeard = true
        }
        attempts += 1
        if case .exception = fault { attempts = timing.retries + 1 }
        guard attempts > timing.retries else { return false }
        attempts = 0
        isWhole = false
        return true
    }

    package func lose() {
        for input in inputs { input.channel.publish(.disconnected) }
        for output in outputs { output.channel.lose() }
        // It may be gone, or only some of it silent: each station is told until it does not answer.
        var silent: Set<UInt8> = []
        for output in outputs where !silent.contains(output.place.station) {
            do throws(ModbusFault) {
                try calls.write(output.place, output.safeWords)
            } catch {
                if case .line = error { break }
                silent.insert(output.place.station)
            }
        }
        calls.close()
        isReady = false
    }

    /// Each output until its device confirms it, those of a silent station last. After
    /// `ModbusTiming.endAttempt` a call is over; the next begins with those that were not asked.
    package func close() -> Bool {
        let limit = calls.nowNanoseconds + ModbusTiming.endAttempt
        var silent: Set<UInt8> = []
        for _ in outputs.indices {
            let left = outputs.indices.filter { !outputs[$0].isSafe }
            let answering = left.filter { !silent.contains(outputs[$0].place.station) }
            guard
                let index = answering.first(where: { outputs[$0].isHeard }) ?? answering.first
                    ?? left.first,
                calls.nowNanoseconds < limit
            else { break }
            var output = outputs.remove(at: index)
            do throws(ModbusFault) {
                try calls.write(output.place, output.safeWords)
                output.isSafe = true
            } catch {
                output.isHeard = false
                if error == .timedOut { silent.insert(output.place.station) }
            }
            outputs.append(output)
        }
        guard outputs.allSatisfy(\.isSafe) else { return false }
        calls.close()
        isReady = false
        return true
    }

    private func lost(_ fault: ModbusFault) -> BoardFault {
        guard case .line(let errno) = fault else { return .silent(line.path) }
        return .call(line.path, errno: errno)
    }
}
