package import Control
import FixedPoint
package import Realtime

/// The dialogue with a TCLab over an open line: one request at a time, each with a deadline.
///
/// After any answer that is missing, late or not of the protocol the conversation is out of step:
/// a late answer could be taken for that of the next request. It is in step again when a `VER` was
/// answered, because answers keep their order and no other looks like that one.
package struct TCLabConversation<Calls: TerminalCalls>: ~Copyable {
    /// The two temperatures, each with the time at which its line was complete.
    package struct Sample {
        package var t1: Result<Reading, SensorFault>
        package var t2: Result<Reading, SensorFault>
    }

    private struct Answer {
        var line: ProtocolLine
        var timeNanoseconds: UInt64
    }

    package private(set) var isInStep = false
    private var port: SerialPort<Calls>
    private var framer = LineFramer()
    /// What the board last said its heaters are at.
    private var reported: (q1: Q16_16?, q2: Q16_16?) = (nil, nil)
    private let deadlineNanoseconds: UInt64
    private let monitor: TCLabMonitor
    private let stop: StopFlag
    /// Nothing cuts the last requests short.
    private var isShuttingDown = false

    /// - Parameter stop: ends every wait for an answer but those of `shutDown`.
    package init(
        port: consuming SerialPort<Calls>, deadlineNanoseconds: UInt64, monitor: TCLabMonitor,
        stop: StopFlag = StopFlag()
    ) {
        self.port = port
        self.deadlineNanoseconds = deadlineNanoseconds
        self.monitor = monitor
        self.stop = stop
    }

    package var nowNanoseconds: UInt64 { port.calls.nowNanoseconds }

    private var now: UInt64 { nowNanoseconds }

    // MARK: In step

    /// T1 and T2, with `SCAN` where the firmware has it.
    ///
    /// The levels that `SCAN` reports must be those that the board reported before: if not, it was
    /// reset, or these are not the lines that they seem to be.
    package mutating func sample(_ firmware: TCLabFirmware) throws(SerialFault) -> Sample {
        guard firmware.hasScan else {
            let t1 = Self.reading(try ask(.temperature(.t1)))
            let t2 = Self.reading(try ask(.temperature(.t2)))
            return Sample(t1: t1, t2: t2)
        }
        let deadline = try send(.scan)
        let t1 = Self.reading(try answer(deadline))
        let t2 = Self.reading(try answer(deadline))
        let q1 = TCLabReply.level(try answer(deadline).line)
        let q2 = TCLabReply.level(try answer(deadline).line)
        try finish()
        guard let q1, let q2, reported.q1 == nil || reported.q1 == q1,
            reported.q2 == nil || reported.q2 == q2
        else { throw fallOutOfStep(.malformed) }
        return Sample(t1: t1, t2: t2)
    }

    /// Sets a heater; says whether the board reports the level that it was sent.
    package mutating func set(
        _ heater: TCLabHeater, to level: TCLabLevel
    ) throws(SerialFault) -> Bool {
        let line = try ask(.level(heater, level)).line
        guard let echo = TCLabReply.level(line) else { throw fallOutOfStep(.malformed) }
        switch heater {
        case .q1: reported.q1 = echo
        case .q2: reported.q2 = echo
        }
        return level.isReported(as: echo)
    }

    // MARK: Out of step

    /// Sends a request whose answer cannot be understood: the board may act on it nevertheless.
    package mutating func sendUnheard(_ request: TCLabRequest) throws(SerialFault) {
        let deadline = now + deadlineNanoseconds
        try write(request, deadline)
        _ = try drain(quiet: TCLabTiming.quiet, until: deadline)
    }

    /// Waits until the line is quiet, then for the answer to `VER`.
    package mutating func getInStep() throws(SerialFault) {
        monitor.count { $0.resyncs += 1 }
        guard try drain(quiet: TCLabTiming.quiet, until: now + deadlineNanoseconds) else {
            throw fallOutOfStep(.malformed)
        }
        let deadline = now + deadlineNanoseconds
        try write(.version, deadline)
        var isAnswered = false
        while !isAnswered {
            let line = try answer(deadline).line
            isAnswered = (try? TCLabFirmware(reply: line)) != nil
        }
        try finish()
        // Whatever the board did meanwhile, the next report is the first.
        reported = (nil, nil)
        isInStep = true
    }

    // MARK: Beginning and end

    /// Waits for the board to start, asks what it runs, and refuses what is not to be driven.
    package mutating func identify() throws(SerialFault) -> Result<TCLabFirmware, TCLabRefusal> {
        let limit = now + TCLabTiming.startLimit
        var refusal = TCLabRefusal.silent
        while now < limit, !stop.isRaised {
            let line: ProtocolLine
            let deadline = min(limit, now + TCLabTiming.startStep)
            do {
                try write(.version, deadline)
                line = try nextAnswer(deadline).line
            } catch .timedOut {
                continue
            } catch .malformed {
                continue
            }
            let found = Result { () throws(TCLabRefusal) in try TCLabFirmware(reply: line) }
            switch found {
            case .success(let firmware):
                // Further answers may come of requests that waited for the board to start.
                let limit = now + 2 * TCLabTiming.startStep
                guard try drain(quiet: TCLabTiming.floodWatch, until: limit) else {
                    return .failure(.floods(firmware))
                }
                isInStep = true
                return found
            case .failure(.foreign):
                // It may be noise of the start, or the end of a line: asked again in the next step.
                refusal = .foreign(line)
                _ = try drain(quiet: TCLabTiming.startStep, until: deadline)
            case .failure:
                return found
            }
        }
        return .failure(refusal)
    }

    /// Turns both heaters off, in every way that the protocol has; whether the board confirmed it.
    ///
    /// Each of the three requests is sent, heard or not; the unconfirmed ones again until the time
    /// has passed. `X` is the last one: one firmware sleeps after it.
    package mutating func shutDown(
        withinNanoseconds time: UInt64 = TCLabTiming.stopLimit
    ) -> Bool {
        let limit = now + time
        isInStep = false
        isShuttingDown = true
        var areOff = (q1: false, q2: false, all: false)
        repeat {
            do {
                if !areOff.q1 { areOff.q1 = try isConfirmed(.level(.q1, .off), limit) }
                if !areOff.q2 { areOff.q2 = try isConfirmed(.level(.q2, .off), limit) }
                if !areOff.all { areOff.all = try isConfirmed(.stop, limit) }
            } catch {
                return false
            }
        } while areOff != (true, true, true) && now < limit
        return areOff == (true, true, true)
    }

    /// Sends a request that turns a heater off and looks for its answer among all that comes.
    private mutating func isConfirmed(
        _ request: TCLabRequest, _ limit: UInt64
    ) throws(SerialFault) -> Bool {
        do {
            let deadline = min(now + min(deadlineNanoseconds, TCLabTiming.stopRequest), limit)
            try write(request, deadline)
            while true {
                let line = try nextAnswer(deadline).line
                if request == .stop ? TCLabReply.isStop(line) : TCLabReply.isOff(line) {
                    return true
                }
            }
        } catch .timedOut {
            return false
        } catch .malformed {
            return false
        }
    }

    // MARK: One request

    private mutating func ask(_ request: TCLabRequest) throws(SerialFault) -> Answer {
        let deadline = try send(request)
        let answer = try answer(deadline)
        try finish()
        return answer
    }

    /// Sends a request to a quiet line; returns the deadline of its answer.
    private mutating func send(_ request: TCLabRequest) throws(SerialFault) -> UInt64 {
        try finish()
        let deadline = now + deadlineNanoseconds
        do {
            try write(request, deadline)
        } catch {
            throw fallOutOfStep(error)
        }
        return deadline
    }

    private mutating func answer(_ deadline: UInt64) throws(SerialFault) -> Answer {
        do {
            return try nextAnswer(deadline)
        } catch {
            throw fallOutOfStep(error)
        }
    }

    /// Nothing may come that was not asked for.
    private mutating func finish() throws(SerialFault) {
        guard try port.isQuiet() else { throw fallOutOfStep(.malformed) }
    }

    private mutating func fallOutOfStep(_ fault: SerialFault) -> SerialFault {
        isInStep = false
        switch fault {
        case .timedOut: monitor.count { $0.timeouts += 1 }
        case .malformed: monitor.count { $0.malformed += 1 }
        case .gone, .notOpened: break
        }
        return fault
    }

    private mutating func write(
        _ request: TCLabRequest, _ deadline: UInt64
    ) throws(SerialFault) {
        monitor.count { $0.requests += 1 }
        framer = LineFramer()
        try port.flush()
        try port.write(request.line, deadlineNanoseconds: deadline)
    }

    private mutating func nextAnswer(_ deadline: UInt64) throws(SerialFault) -> Answer {
        while now < deadline {
            switch framer.push(try nextByte(deadline)) {
            case .line(let line): return Answer(line: line, timeNanoseconds: now)
            case .overlong: throw .malformed
            case nil: continue
            }
        }
        throw .timedOut
    }

    /// The next byte; a stop ends the wait as if its time were up.
    private mutating func nextByte(_ deadline: UInt64) throws(SerialFault) -> UInt8 {
        while true {
            let look = isShuttingDown ? deadline : min(deadline, now + TCLabTiming.stopStep)
            do {
                return try port.nextByte(deadlineNanoseconds: look)
            } catch {
                let isCut = stop.isRaised && !isShuttingDown
                guard error == .timedOut, now < deadline, !isCut else { throw error }
            }
        }
    }

    /// Throws away what comes until nothing has come for `quiet`; `false` when that did not happen
    /// before the limit.
    private mutating func drain(quiet: UInt64, until limit: UInt64) throws(SerialFault) -> Bool {
        framer = LineFramer()
        while now < limit {
            do {
                _ = try nextByte(now + quiet)
            } catch .timedOut {
                return true
            }
        }
        return false
    }

    private static func reading(_ answer: Answer) -> Result<Reading, SensorFault> {
        do {
            let value = try TCLabReply.temperature(answer.line)
            return .success(Reading(value: value, timeNanoseconds: answer.timeNanoseconds))
        } catch {
            return .failure(error)
        }
    }
}
