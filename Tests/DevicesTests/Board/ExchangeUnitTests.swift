import Control
import FixedPoint
import Glibc
import Realtime
import Testing

import Devices

@Suite("A device that answers lines of text")
struct ExchangeUnitTests {
    static let timing = ExchangeTiming(
        deadline: 50_000_000, poll: 200_000_000, drive: 10_000_000, settle: 0)
    static let query = "READ"
    static let path = "/dev/serial/by-id/board"

    static func level(_ number: Double) -> Q16_16 { Q16_16(bits: Int32(number * 65_536)) }

    struct Taken: Error {}

    /// A board with two sensors in one answer and an output of 0 to 100 that is told 0 to 255.
    struct Bench: ~Copyable {
        let terminal: ScriptedTerminal
        let unit: ExchangeUnit<ScriptedTerminal>
        var first: DeviceSensor
        var second: DeviceSensor
        var actuator: DeviceActuator

        init(
            timing: ExchangeTiming = timing, framing: LineFraming = LineFraming(.lf),
            safe: Double = 0,
            answer: sending @escaping (String) -> ScriptedTerminal.Answer = Bench.works
        ) throws {
            terminal = ScriptedTerminal(answer: answer)
            let inputs = [
                InputChannel(name: "t1"), InputChannel(name: "t2", scale: 0.5, offset: 1),
            ]
            let channel = OutputChannel(
                name: "q", low: level(0), high: level(100), safeLevel: level(safe),
                maximumAgeNanoseconds: 1_000_000_000)
            guard let first = inputs[0].takeSensor(), let second = inputs[1].takeSensor(),
                let actuator = channel.takeActuator()
            else { throw Taken() }
            self.first = first
            self.second = second
            self.actuator = actuator
            let answers = LinePattern([.text("T="), .field("t1"), .text(","), .field("t2")])
            unit = ExchangeUnit(
                name: "board", path: path, baud: 9_600, framing: framing, timing: timing,
                queries: [
                    ExchangeQuery(
                        request: LinePattern([.text(query)]), response: answers,
                        inputs: [("t1", inputs[0]), ("t2", inputs[1])])
                ],
                outputs: [
                    ExchangeOutput(
                        channel, request: LinePattern([.text("Q "), .field("q")]),
                        response: LinePattern([.text("Q="), .field("q")]), field: "q",
                        decimals: 1, scale: 2.55)
                ],
                calls: terminal)
        }

        static func works(_ request: String) -> ScriptedTerminal.Answer {
            if request == query { return .init(text: "T=20.5,4\r\n") }
            return .init(text: "Q=" + request.dropFirst(2) + "\n")
        }

        /// Turns until a time from now on, as the thread of a board gives them.
        func serve(forNanoseconds duration: UInt64) throws {
            let end = terminal.nowNanoseconds + duration
            while terminal.nowNanoseconds < end {
                let next = try unit.serve(nowNanoseconds: terminal.nowNanoseconds)
                terminal.sleep(untilNanoseconds: min(next, end))
            }
        }

        mutating func drive(_ number: Double) throws(ActuatorFault) {
            try actuator.drive(level(number), nowNanoseconds: terminal.nowNanoseconds)
        }
    }

    private static func open(_ bench: borrowing Bench) throws {
        try bench.unit.open(nowNanoseconds: bench.terminal.nowNanoseconds)
    }

    // MARK: What it does

    @Test("a round is the outputs and then the sensors, each a line and its answer")
    func round() throws {
        var bench = try Bench()
        try Self.open(bench)
        #expect(!bench.unit.isReady)
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(
            bench.terminal.trace == [
                "open /dev/serial/by-id/board 9600",
                "flush", "write Q 0.0", "wait", "read",
                "flush", "write READ", "wait", "read", "wait", "read",
            ])
        #expect(bench.unit.isReady)
        let first = try bench.first.read()
        let second = try bench.second.read()
        #expect(first.value == Self.level(20.5))
        #expect(second.value == Self.level(3))
        // As old as the request: after the answer of the output, which took 1.1 ms.
        #expect(first.timeNanoseconds == 1_001_100_000)
    }

    @Test("a new level is sent at once and not again before the next round")
    func level() throws {
        var bench = try Bench()
        try Self.open(bench)
        try bench.serve(forNanoseconds: 50_000_000)
        try bench.drive(50)
        bench.terminal.clearTrace()
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(bench.terminal.requests == ["Q 127.5"])
        try bench.serve(forNanoseconds: 60_000_000)
        #expect(bench.terminal.requests == ["Q 127.5", "Q 127.5", "READ"])
        try bench.drive(50)
    }

    @Test("a command that is too old gives way to the safe level, which the tick hears of")
    func expiry() throws {
        var bench = try Bench(safe: 20)
        try Self.open(bench)
        try bench.actuator.driveAnyway(Self.level(50), bench.terminal.nowNanoseconds)
        try bench.serve(forNanoseconds: 1_000_000_000)
        #expect(!bench.terminal.requests.contains("Q 51.0"))
        try bench.serve(forNanoseconds: 30_000_000)
        #expect(bench.terminal.requests.contains("Q 51.0"))
        #expect(throws: ActuatorFault.expired) { try bench.drive(50) }
    }

    @Test("a board that opening has reset is not asked before its time")
    func settle() throws {
        let timing = ExchangeTiming(
            deadline: 50_000_000, poll: 200_000_000, drive: 10_000_000, settle: 2_000_000_000)
        let bench = try Bench(timing: timing)
        try Self.open(bench)
        try bench.serve(forNanoseconds: 1_999_000_000)
        #expect(bench.terminal.requests.isEmpty)
        #expect(!bench.unit.close())
        #expect(bench.terminal.requests.isEmpty)
        try bench.serve(forNanoseconds: 10_000_000)
        #expect(bench.terminal.requests == ["Q 0.0", "READ"])
        #expect(bench.unit.settleNanoseconds == 2_000_000_000)
    }

    @Test("lines end with a CR where the device wants that, and carry their checksums")
    func framing() throws {
        let framing = LineFraming(.cr, checksum: .xor)
        var bench = try Bench(framing: framing) { request in
            let text = request == "READ*12" ? "T=1,2" : "Q=0.0"
            return .init(text: String(decoding: framing.line(Array(text.utf8)), as: UTF8.self))
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 20_000_000)
        #expect(bench.terminal.requests == ["Q 0.0*5F", "READ*12"])
        #expect(try bench.first.read().value == Self.level(1))
        #expect(bench.unit.isReady)
    }

    // MARK: What goes wrong

    @Test(
        "an answer that is not of the protocol is malformed, and makes nothing ready",
        arguments: [
            "T=1\n", "T=nan,1\n", "ERROR\n", "\n", String(repeating: "x", count: 200) + "\n",
        ])
    func malformed(text: String) throws {
        var bench = try Bench { request in
            request == Self.query ? .init(text: text) : Bench.works(request)
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(throws: SensorFault.malformed) { try bench.first.read() }
        #expect(throws: SensorFault.malformed) { try bench.second.read() }
        #expect(!bench.unit.isReady)
    }

    @Test("a number beyond every reading is out of range")
    func beyond() throws {
        var bench = try Bench { request in
            request == Self.query ? .init(text: "T=40000,1\n") : Bench.works(request)
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(throws: SensorFault.outOfRange) { try bench.first.read() }
        #expect(try bench.second.read().value == Self.level(1.5))
    }

    @Test("a level that the device has otherwise is a mismatch")
    func mismatch() throws {
        var bench = try Bench { request in
            request == Self.query ? Bench.works(request) : .init(text: "Q=12.0\n")
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(throws: ActuatorFault.readBackMismatch) { try bench.drive(50) }
        #expect(!bench.unit.isReady)
    }

    @Test("a level that nobody confirms is unacknowledged, and sent in each round")
    func unconfirmed() throws {
        var bench = try Bench { request in
            request == Self.query ? Bench.works(request) : .init(text: "WHAT?\n")
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 450_000_000)
        #expect(bench.terminal.requests == ["Q 0.0", "READ", "Q 0.0", "READ", "Q 0.0", "READ"])
        #expect(throws: ActuatorFault.unacknowledged) { try bench.drive(50) }
    }

    @Test("without an answer the last reading grows old; a late one is not taken for the next")
    func late() throws {
        let asked = Counter()
        var bench = try Bench { request in
            guard request == Self.query else { return Bench.works(request) }
            guard asked.next() == 2 else { return .init(text: "T=1,1\n") }
            return .init(text: "T=99,99\n", delayNanoseconds: 60_000_000)
        }
        try Self.open(bench)
        try bench.serve(forNanoseconds: 350_000_000)
        let reading = try bench.first.read()
        #expect(reading.value == Self.level(1))
        #expect(reading.timeNanoseconds < 1_010_000_000)
        // The third round: the late answer came before its begin, or is waited for.
        try bench.serve(forNanoseconds: 200_000_000)
        #expect(try bench.first.read().value == Self.level(1))
        try bench.drive(0)
    }

    @Test("a device that stays silent is opened again, and its ports hear of it")
    func silence() throws {
        var bench = try Bench { _ in .nothing }
        try Self.open(bench)
        let fault = #expect(throws: BoardFault.self) {
            try bench.serve(forNanoseconds: 10_000_000_000)
        }
        #expect(fault == .silent(Self.path))
        #expect(bench.terminal.requests.count == 5)
        bench.unit.lose()
        #expect(throws: SensorFault.disconnected) { try bench.first.read() }
        #expect(throws: ActuatorFault.disconnected) { try bench.drive(50) }
    }

    @Test("a line that cannot be opened says why", arguments: [ENOENT, EBUSY, EACCES, ENOTTY])
    func notOpened(errno: Int32) throws {
        let bench = try Bench()
        bench.terminal.fail(.open, with: errno)
        let fault = #expect(throws: BoardFault.self) { try Self.open(bench) }
        #expect(fault == .call(Self.path, errno: errno))
    }

    @Test(
        "a line that breaks is lost, outputs told to be safe first",
        arguments: [ScriptedTerminal.Call.flush, .write, .read, .wait])
    func breaks(call: ScriptedTerminal.Call) throws {
        let bench = try Bench()
        try Self.open(bench)
        bench.terminal.fail(call, with: EIO)
        let fault = #expect(throws: BoardFault.self) {
            try bench.serve(forNanoseconds: 100_000_000)
        }
        #expect(fault == .call(Self.path, errno: EIO))
        bench.terminal.clearTrace()
        bench.unit.lose()
        #expect(bench.terminal.trace == ["write ", "write Q 0.0", "close"])
    }

    @Test("a hang-up is an input/output error")
    func hangUp() throws {
        let bench = try Bench()
        try Self.open(bench)
        bench.terminal.hangUp()
        let fault = #expect(throws: BoardFault.self) {
            try bench.serve(forNanoseconds: 100_000_000)
        }
        #expect(fault == .call(Self.path, errno: EIO))
    }

    @Test("it comes back without a restart when it is plugged in again")
    func returns() throws {
        var bench = try Bench()
        try Self.open(bench)
        try bench.serve(forNanoseconds: 50_000_000)
        bench.terminal.fail(.write, with: EIO)
        #expect(throws: BoardFault.self) { try bench.serve(forNanoseconds: 300_000_000) }
        bench.unit.lose()
        #expect(!bench.unit.isReady)
        // What answers the last words is gone with the old line.
        bench.terminal.sleep(
            untilNanoseconds: bench.terminal.nowNanoseconds + BoardTiming.firstRetry)
        try Self.open(bench)
        bench.terminal.clearTrace()
        try bench.serve(forNanoseconds: 50_000_000)
        #expect(bench.terminal.requests == ["Q 0.0", "READ"])
        #expect(bench.unit.isReady)
        #expect(try bench.first.read().value == Self.level(20.5))
    }

    // MARK: The end

    @Test("the end is confirmed by the device, and closes the line")
    func end() throws {
        var bench = try Bench(safe: 20)
        try Self.open(bench)
        try bench.actuator.driveAnyway(Self.level(100), bench.terminal.nowNanoseconds)
        try bench.serve(forNanoseconds: 50_000_000)
        bench.terminal.clearTrace()
        #expect(bench.unit.close())
        #expect(bench.terminal.trace == ["flush", "write Q 51.0", "wait", "read", "close"])
    }

    @Test(
        "an end that is not confirmed is none, and the outputs are told blindly",
        arguments: ["", "WHAT?\n", "Q=200\n"])
    func endUnconfirmed(text: String) throws {
        let bench = try Bench { _ in .init(text: text) }
        try Self.open(bench)
        #expect(!bench.unit.close())
        #expect(bench.terminal.requests == ["Q 0.0", "", "Q 0.0"])
        #expect(!bench.terminal.trace.contains("close"))
    }

    @Test("a broken line at the end is no confirmation")
    func endBroken() throws {
        let bench = try Bench()
        try Self.open(bench)
        bench.terminal.fail(.write, with: EIO, EIO)
        #expect(!bench.unit.close())
    }

    @Test("the last words of a crash are the lines that turn the outputs safe")
    func lastWords() {
        let channel = OutputChannel(
            name: "q", low: Self.level(-1), high: Self.level(1), safeLevel: Self.level(-0.125),
            maximumAgeNanoseconds: 1)
        let output = ExchangeOutput(
            channel, request: LinePattern([.text("S"), .field("q")]),
            response: LinePattern([.text("K")]), field: "q", decimals: 3)
        let words = ExchangeOutput.lastWords(LineFraming(.lf), [output, output])
        #expect(words == Array("\nS-0.125\nS-0.125\n".utf8))
        #expect(ExchangeOutput.lastWords(LineFraming(.lf), []).isEmpty)
    }

    // MARK: flyball safe

    @Test("flyball safe waits until a board that was reset hears it")
    func driveSafe() throws {
        let timing = ExchangeTiming(
            deadline: 50_000_000, poll: 200_000_000, drive: 10_000_000, settle: 300_000_000)
        let bench = try Bench(timing: timing)
        let device = BoardDevice(name: "board", units: [bench.unit])
        let faults = device.driveSafe(clock: TerminalClock(terminal: bench.terminal))
        #expect(faults.isEmpty)
        #expect(
            bench.terminal.trace == [
                "open /dev/serial/by-id/board 9600", "flush", "write Q 0.0", "wait", "read",
                "close",
            ])
        #expect(bench.terminal.nowNanoseconds >= 1_300_000_000)
    }

    @Test("and says so when it never does")
    func driveSafeSilent() throws {
        let timing = ExchangeTiming(
            deadline: 50_000_000, poll: 200_000_000, drive: 10_000_000, settle: 300_000_000)
        let bench = try Bench(timing: timing) { _ in .nothing }
        let device = BoardDevice(name: "board", units: [bench.unit])
        let faults = device.driveSafe(clock: TerminalClock(terminal: bench.terminal))
        #expect(faults.map(\.fault) == [.notDriven("board")])
    }
}

/// The time that a scripted terminal keeps.
private struct TerminalClock: BoardClock {
    let terminal: ScriptedTerminal

    var nowNanoseconds: UInt64 { terminal.nowNanoseconds }

    func sleep(untilNanoseconds deadline: UInt64) {
        terminal.sleep(untilNanoseconds: deadline)
    }
}
