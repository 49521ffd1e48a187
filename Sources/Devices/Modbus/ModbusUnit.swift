import Control
import Glibc

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
        isWhole = false
        for index in outputs.indices {
            outputs[index].sent = nil
            outputs[index].isSafe = false
        }
    }

    package func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        if next == inputs.count, now >= nextRoundNanoseconds { beginRound(now) }
        for index in outputs.indices {
            let words = outputs[index].words(nowNanoseconds: now)
            let isNew = words != outputs[index].sent
            guard isNew || outputs[index].isDue else { continue }
            if isNew { attempts = 0 }
            try drive(index, words)
            return calls.nowNanoseconds
        }
        guard next < inputs.count else {
            if isWhole { isReady = true }
            return min(nextRoundNanoseconds, calls.nowNanoseconds + timing.drive)
        }
        try ask(inputs[next], now)
        return calls.nowNanoseconds
    }

    private func beginRound(_ now: UInt64) {
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
            output.channel.confirm(nowNanoseconds: calls.nowNanoseconds)
        } catch {
            outputs[index].isDue = true
            guard try isGivenUp(error) else { return }
            output.channel.miss()
        }
        outputs[index].isDue = false
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
        attempts = 0
        unanswered = 0
    }

    /// Whether a failed request is not repeated: a device that refuses it would refuse it again.
    private func isGivenUp(_ fault: ModbusFault) throws(BoardFault) -> Bool {
        switch fault {
        case .line: throw lost(fault)
        case .timedOut: unanswered += 1
        case .exception, .malformed: unanswered = 0
        }
        guard unanswered < ModbusTiming.silenceLimit else { throw .silent(line.path) }
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
        // It may be gone, or only silent: the first that takes no level ends this.
        for output in outputs {
            guard (try? calls.write(output.place, output.safeWords)) != nil else { break }
        }
        calls.close()
        isReady = false
    }

    /// Each output until its device confirms it. A silent one keeps the others waiting for
    /// `ModbusTiming.endAttempt` in a call; the next call begins with those that were not asked.
    package func close() -> Bool {
        let limit = calls.nowNanoseconds + ModbusTiming.endAttempt
        for _ in outputs.indices {
            guard let index = outputs.firstIndex(where: { !$0.isSafe }),
                calls.nowNanoseconds < limit
            else { break }
            var output = outputs.remove(at: index)
            output.isSafe = (try? calls.write(output.place, output.safeWords)) != nil
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
