import Control
import Devices
import FixedPoint
import Glibc
import Testing

@Suite("TCLab conversation")
struct TCLabConversationTests {
    static let firmware = TCLabFirmware(1, 4, 3)
    static let deadline: UInt64 = 50_000_000

    /// A conversation that is in step, and a trace that begins there.
    static func begin(
        _ terminal: ScriptedTerminal, monitor: TCLabMonitor = TCLabMonitor()
    ) throws -> TCLabConversation<ScriptedTerminal> {
        let port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        var conversation = TCLabConversation(
            port: port, deadlineNanoseconds: deadline, monitor: monitor)
        _ = try conversation.identify()
        terminal.clearTrace()
        return conversation
    }

    static func percent(_ value: Int32) -> TCLabLevel {
        TCLabLevel(Q16_16(bits: value << 16), decimals: 2)
    }

    /// What the call throws.
    static func fault<Result>(
        _ body: () throws(SerialFault) -> Result
    ) -> SerialFault? {
        do {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    @Test("a request looks for stray bytes, flushes, writes, reads, and looks again")
    func trace() throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        var conversation = try Self.begin(terminal)
        let isAsSent = try conversation.set(.q1, to: Self.percent(40))
        #expect(isAsSent)
        #expect(
            terminal.trace == [
                "wait", "flush", "write Q1 40.00", "wait", "read", "wait",
            ])
    }

    @Test("SCAN gives both temperatures with the time of their arrival")
    func scan() throws {
        let terminal = ScriptedTerminal(board: "2.0.1")
        var conversation = try Self.begin(terminal)
        let sample = try conversation.sample(TCLabFirmware(2, 0, 1))
        let now = terminal.nowNanoseconds
        #expect(terminal.requests == ["SCAN"])
        let t1 = Reading(value: Q16_16(bits: 1_392_640), timeNanoseconds: now)
        #expect(sample.t1 == .success(t1))
        let t2 = Reading(value: Q16_16(bits: -32_768), timeNanoseconds: now)
        #expect(sample.t2 == .success(t2))
    }

    @Test("a firmware without SCAN is asked twice")
    func withoutScan() throws {
        let terminal = ScriptedTerminal(board: "1.1.0")
        var conversation = try Self.begin(terminal)
        let sample = try conversation.sample(TCLabFirmware(1, 1, 0))
        #expect(terminal.requests == ["T1", "T2"])
        #expect((try? sample.t1.get().value) == Q16_16(bits: 1_392_640))
    }

    @Test("one temperature that is no number leaves the other one and the step alone")
    func oneBad() throws {
        var board = FakeBoard("1.4.3")
        board.t1 = "nan"
        let terminal = ScriptedTerminal { [board] request in
            var board = board
            return board.answer(request)
        }
        var conversation = try Self.begin(terminal)
        let sample = try conversation.sample(Self.firmware)
        #expect(sample.t1 == .failure(.malformed))
        #expect((try? sample.t2.get().value) == Q16_16(bits: -32_768))
        let isBackInStep = conversation.isInStep
        #expect(isBackInStep)
    }

    @Test("levels that contradict the last report make a scan worthless")
    func contradiction() throws {
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            if request == "SCAN" { board.q1 = "0.00" }
            return board.answer(request)
        }
        var conversation = try Self.begin(terminal)
        _ = try conversation.set(.q1, to: Self.percent(40))
        let fault = Self.fault { () throws(SerialFault) in
            try conversation.sample(Self.firmware)
        }
        #expect(fault == .malformed)
        let isInStep = conversation.isInStep
        #expect(!isInStep)
    }

    @Test(
        "an answer that is missing, cut off or of another kind takes the conversation out of step",
        arguments: [
            ("", SerialFault.timedOut), ("21.25\r\n20.00\r\n0.00\r\n", .timedOut),
            ("21.25\r\n20.00\r\n0.00\r\n0.0", .timedOut),
            ("21.25\r\n20.00\r\n0.00\r\n0.00\r\n21", .malformed),
            ("21.25\r\n20.00\r\n0.00\r\n0.00\r\n21.25\r\n", .malformed),
            ("\r\n\r\n\r\n\r\n", .malformed), ("21.25\r\n20.00\r\n0.00\r\nStop\r\n", .malformed),
            ("21.25\r\n20.00\r\n200\r\n0.00\r\n", .malformed),
            (String(repeating: "5", count: 300) + "\r\n", .malformed),
        ])
    func outOfStep(answer: String, expected: SerialFault) throws {
        let monitor = TCLabMonitor()
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            request == "SCAN" ? .init(text: answer) : board.answer(request)
        }
        var conversation = try Self.begin(terminal, monitor: monitor)
        let fault = Self.fault { () throws(SerialFault) in
            try conversation.sample(Self.firmware)
        }
        #expect(fault == expected)
        let isInStep = conversation.isInStep
        #expect(!isInStep)
        #expect(monitor.counters.timeouts == (expected == .timedOut ? 1 : 0))
        #expect(monitor.counters.malformed == (expected == .malformed ? 1 : 0))

        try conversation.getInStep()
        let isBackInStep = conversation.isInStep
        #expect(isBackInStep)
        #expect(monitor.counters.resyncs == 1)
        #expect(terminal.requests == ["SCAN", "VER"])
    }

    @Test("what comes unasked is noticed before the next request is sent")
    func unasked() throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        var conversation = try Self.begin(terminal)
        terminal.send("55.55\r\n")
        let fault = Self.fault { () throws(SerialFault) in
            try conversation.sample(Self.firmware)
        }
        #expect(fault == .malformed)
        #expect(terminal.requests == [])
    }

    @Test("a late answer is never taken for that of a later request")
    func late() throws {
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            var answer = board.answer(request)
            // Two deadlines too late.
            if request == "Q1 40.00" { answer.delayNanoseconds = 150_000_000 }
            return answer
        }
        var conversation = try Self.begin(terminal)
        let first = Self.fault { () throws(SerialFault) in
            try conversation.set(.q1, to: Self.percent(40))
        }
        #expect(first == .timedOut)
        var tries = 0
        while !conversation.isInStep, tries < 5 {
            try? conversation.getInStep()
            tries += 1
        }
        let sample = try conversation.sample(Self.firmware)
        #expect((try? sample.t1.get().value) == Q16_16(bits: 1_392_640))
        let isAsSent = try conversation.set(.q1, to: Self.percent(10))
        #expect(isAsSent)
    }

    @Test("a line that is never quiet is not spoken to")
    func neverQuiet() throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        var conversation = try Self.begin(terminal)
        for step in 0..<100 {
            terminal.send("55.55\r\n", afterNanoseconds: UInt64(step) * 5_000_000)
        }
        let fault = Self.fault { () throws(SerialFault) in try conversation.getInStep() }
        #expect(fault == .malformed)
        #expect(terminal.requests == [])
    }

    @Test("a broken line ends every call", arguments: [ScriptedTerminal.Call.flush, .write, .read])
    func broken(call: ScriptedTerminal.Call) throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        var conversation = try Self.begin(terminal)
        terminal.fail(call, with: EIO)
        let fault = Self.fault { () throws(SerialFault) in
            try conversation.sample(Self.firmware)
        }
        #expect(fault == .gone(errno: EIO))
    }

    @Test("the heaters are turned off in three ways, and each is confirmed")
    func shutDown() throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        var conversation = try Self.begin(terminal)
        let isConfirmed = conversation.shutDown()
        #expect(isConfirmed)
        #expect(terminal.requests == ["Q1 0", "Q2 0", "X"])
    }

    @Test("all three are sent to a board that does not answer, and again, but not for ever")
    func shutDownUnheard() throws {
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            request == "VER" ? board.answer(request) : .nothing
        }
        var conversation = try Self.begin(terminal)
        let start = terminal.nowNanoseconds
        let isConfirmed = conversation.shutDown()
        #expect(!isConfirmed)
        #expect(Array(terminal.requests.prefix(6)) == ["Q1 0", "Q2 0", "X", "Q1 0", "Q2 0", "X"])
        #expect(terminal.nowNanoseconds - start < 2 * TCLabTiming.stopLimit)
    }

    @Test("a heater that reports another level is not off")
    func shutDownStuck() throws {
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            request == "Q2 0" ? .init(text: "30.00\r\n") : board.answer(request)
        }
        var conversation = try Self.begin(terminal)
        let isConfirmed = conversation.shutDown()
        #expect(!isConfirmed)
    }
}
