import Control
import Devices
import FixedPoint
import Glibc
import Realtime
import Testing

@Suite("TCLab acquisition")
struct TCLabAcquisitionTests {
    static let cycle: UInt64 = 100_000_000

    /// A device that asks every 100 ms and whose first heater dies with its command in 300 ms.
    struct Lab: ~Copyable {
        var device: TCLabDevice
        var sensor: DeviceSensor
        var actuator: DeviceActuator

        init(safeLevel: Int32 = 0) throws {
            var device = TCLabDevice(
                try TCLabSettings(
                    path: "/p", deadlineNanoseconds: 50_000_000,
                    cycleNanoseconds: TCLabAcquisitionTests.cycle))
            let sensor = try device.sensor(.t1)
            let actuator = try device.actuator(
                .q1, safeLevel: Q16_16(bits: safeLevel << 16), maximumAgeNanoseconds: 300_000_000)
            self.device = device
            self.sensor = sensor
            self.actuator = actuator
        }

        /// Runs on this thread until the board was asked for so many scans.
        mutating func run(
            scans: Int,
            answer: @escaping @Sendable (String, Int) -> ScriptedTerminal.Answer? = { _, _ in nil },
            prepare: (ScriptedTerminal) -> Void = { _ in }
        ) throws -> ScriptedTerminal {
            let stop = StopFlag()
            var board = FakeBoard("1.4.3")
            var scan = 0
            let terminal = ScriptedTerminal { request in
                if request == "SCAN" { scan += 1 }
                if scan >= scans { stop.raise() }
                let regular = board.answer(request)
                return answer(request, scan) ?? regular
            }
            prepare(terminal)
            guard var acquisition = device.acquisition(stop: stop, calls: terminal) else {
                throw TCLabSettingsFault.channelTaken("thread")
            }
            acquisition.run()
            return terminal
        }
    }

    @Test("each cycle asks for the temperatures and sends both levels; the end turns them off")
    func cycles() throws {
        var lab = try Lab()
        let terminal = try lab.run(scans: 2)
        let expected = [
            "VER", "SCAN", "Q1 0.00", "Q2 0.00", "SCAN", "Q1 0.00", "Q2 0.00", "Q1 0", "Q2 0",
            "X",
        ]
        #expect(terminal.requests == expected)
        #expect(terminal.trace.last == "close")
        let status = lab.device.monitor.status
        #expect(status == .stopped(confirmed: true))
        let requests = lab.device.monitor.counters.requests
        #expect(requests == 10)
    }

    @Test("a command is sent in each cycle until it expires, then the safe level")
    func expires() throws {
        var lab = try Lab(safeLevel: 5)
        var fault: ActuatorFault?
        do {
            try lab.actuator.drive(Q16_16(bits: 40 << 16), nowNanoseconds: 1_250_000_000)
        } catch {
            fault = error
        }
        #expect(fault == .unacknowledged)
        let terminal = try lab.run(scans: 6)
        let levels = terminal.requests.filter { $0.hasPrefix("Q1") }
        #expect(
            levels == [
                "Q1 40.00", "Q1 40.00", "Q1 40.00", "Q1 40.00", "Q1 5.00", "Q1 5.00", "Q1 0",
            ])
        let expiries = lab.device.monitor.counters.expiries
        #expect(expiries == 1)
    }

    @Test("before the first command the safe level is sent, and a heater without a loop gets 0")
    func silentLoop() throws {
        var lab = try Lab(safeLevel: 5)
        let terminal = try lab.run(scans: 2)
        #expect(terminal.requests.filter { $0 == "Q1 5.00" }.count == 2)
        #expect(terminal.requests.filter { $0 == "Q2 0.00" }.count == 2)
    }

    @Test("a line that cannot be opened is tried again", arguments: [ENOENT, EACCES, EBUSY])
    func opensAgain(errno: Int32) throws {
        var lab = try Lab()
        let terminal = try lab.run(scans: 1, prepare: { $0.fail(.open, with: errno, errno) })
        let opens = terminal.trace.filter { $0 == "open /p 115200" }
        #expect(opens.count == 3)
        // 100 ms and 200 ms of waiting, and the flood watch.
        #expect(terminal.nowNanoseconds > 1_500_000_000)
        let status = lab.device.monitor.status
        #expect(status == .stopped(confirmed: true))
    }

    @Test(
        "a line that breaks is closed and opened again under its path, with the gate",
        arguments: [ScriptedTerminal.Call.read, .write, .flush, .wait])
    func breaks(call: ScriptedTerminal.Call) throws {
        var lab = try Lab()
        // The first 30 calls of each kind reach into the cycles.
        let passes = [Int32](repeating: 0, count: 30)
        let terminal = try lab.run(
            scans: 40,
            prepare: { terminal in
                for errno in passes { terminal.fail(call, with: errno) }
                terminal.fail(call, with: EIO)
            })
        #expect(terminal.trace.filter { $0 == "close" }.count == 2)
        #expect(terminal.requests.filter { $0 == "VER" }.count == 2)
        let reconnects = lab.device.monitor.counters.reconnects
        #expect(reconnects == 1)
    }

    @Test("while the board is not heard, its levels are sent nevertheless")
    func unheard() throws {
        var lab = try Lab(safeLevel: 5)
        let monitor = lab.device.monitor
        let terminal = try lab.run(scans: 3) { _, scan in
            scan == 2 && monitor.counters.resyncs < 4 ? .nothing : nil
        }
        // A scan that was heard, one that was not, three times VER that was not, one that was.
        #expect(terminal.requests.filter { $0 == "Q1 5.00" }.count == 6)
        let counters = monitor.counters
        #expect(counters.timeouts == 4)
        #expect(counters.resyncs == 4)
        #expect(counters.reconnects == 0)
    }

    @Test("a board that is not heard for long is opened anew, which resets it")
    func silentForLong() throws {
        var lab = try Lab()
        let monitor = lab.device.monitor
        let terminal = try lab.run(scans: 3) { _, scan in
            scan == 2 && monitor.status == .running(TCLabFirmware(1, 4, 3)) ? .nothing : nil
        }
        #expect(terminal.trace.filter { $0 == "open /p 115200" }.count == 2)
        // Once when the line was let go, once at the end.
        #expect(terminal.requests.filter { $0 == "X" }.count == 2)
        #expect(terminal.nowNanoseconds > TCLabTiming.silenceLimit)
        let reconnects = monitor.counters.reconnects
        #expect(reconnects == 1)
    }

    @Test("a heater that no loop drives is held at the level that was asked for")
    func held() throws {
        var lab = try Lab()
        try lab.device.hold(.q2, at: Q16_16(bits: 20 << 16))
        let terminal = try lab.run(scans: 2)
        #expect(terminal.requests.filter { $0 == "Q2 20.00" }.count == 2)
        #expect(terminal.requests.suffix(3) == ["Q1 0", "Q2 0", "X"])
    }

    @Test("only a heater without a loop is held, and only before the start, at a possible level")
    func heldWrongly() throws {
        var lab = try Lab()
        let percent = Q16_16(bits: 20 << 16)
        #expect(throws: TCLabSettingsFault.channelTaken("Q1")) {
            try lab.device.hold(.q1, at: percent)
        }
        #expect(throws: TCLabSettingsFault.safeLevelOutOfRange) {
            try lab.device.hold(.q2, at: Q16_16(bits: 101 << 16))
        }
        _ = try lab.run(scans: 1)
        #expect(throws: TCLabSettingsFault.channelTaken("Q2")) {
            try lab.device.hold(.q2, at: percent)
        }
    }

    @Test("a level that the board reports otherwise is counted")
    func mismatch() throws {
        var lab = try Lab(safeLevel: 5)
        _ = try lab.run(scans: 3) { request, _ in
            request == "Q1 5.00"
                ? .init(text: "7.00\r\n")
                : request == "SCAN" ? .init(text: "21.00\r\n20.00\r\n7.00\r\n0.00\r\n") : nil
        }
        let counters = lab.device.monitor.counters
        #expect(counters.mismatches == 3)
        #expect(counters.malformed == 0)
    }

    @Test("a refused board is told to turn its heaters off, left alone, and asked again")
    func refused() throws {
        var lab = try Lab()
        let monitor = lab.device.monitor
        let terminal = try lab.run(scans: 1) { request, _ in
            request == "VER" && monitor.counters.requests < 4
                ? .init(text: "TCLab Firmware Version 1.01\r\n") : nil
        }
        let expected = ["VER", "Q1 0", "Q2 0", "X", "VER", "SCAN"]
        #expect(Array(terminal.requests.prefix(6)) == expected)
        #expect(terminal.nowNanoseconds > TCLabTiming.refusedRetry)
    }

    @Test("a board that is silent at the usual speed is asked at the old one")
    func oldSpeed() throws {
        var lab = try Lab()
        let monitor = lab.device.monitor
        // Eight times VER, then twice each of the three ways to turn the heaters off.
        let terminal = try lab.run(scans: 1) { _, _ in
            monitor.counters.requests <= 14 ? .nothing : nil
        }
        let opens = terminal.trace.filter { $0.hasPrefix("open") }
        #expect(opens == ["open /p 115200", "open /p 9600"])
    }
}
