import Devices
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// libmodbus on a pseudo-terminal whose other end is a thread that answers as told.
@Suite("libmodbus on a line")
struct SystemModbusTests {
    static let holding = ModbusPlace(station: 17, table: .holding, address: 0x6B)
    static let coil = ModbusPlace(station: 17, table: .coil, address: 0xAC)

    /// Adds the checksum, low byte first.
    static func frame(_ bytes: [UInt8]) -> [UInt8] {
        let digits = String(decoding: LineChecksum.crc16Modbus.digits(bytes), as: UTF8.self)
        let crc = UInt16(digits, radix: 16) ?? 0
        return bytes + [UInt8(crc & 0xFF), UInt8(crc >> 8)]
    }

    private static func open(
        _ terminal: PseudoTerminal, deadline: UInt64 = 5_000_000_000
    ) throws -> SystemModbusCalls {
        let calls = SystemModbusCalls()
        try calls.open(
            ModbusLine(
                path: terminal.slavePath, baud: 9_600, parity: .none, stopBits: 1,
                deadlineNanoseconds: deadline))
        return calls
    }

    /// Runs a request on a thread and answers it here; what was sent, and what came of it.
    private static func exchange<Value: Sendable>(
        answer: [UInt8], _ request: @escaping @Sendable (SystemModbusCalls) throws -> Value
    ) throws -> (sent: [UInt8], result: Result<Value, any Error>) {
        let terminal = try PseudoTerminal()
        let held = HeldCalls(try open(terminal))
        let outcome = Outcome<Value>()
        var sent: [UInt8] = []
        Thread.detachNewThread { outcome.set(Result { try request(held.calls) }) }
        let limit = held.calls.nowNanoseconds + 20_000_000_000
        while outcome.value == nil, held.calls.nowNanoseconds < limit {
            let bytes = terminal.receive()
            sent += bytes
            // Eight bytes are a request to read, or to write one.
            if !bytes.isEmpty, sent.count == 8 { _ = terminal.send(answer) }
            usleep(1_000)
        }
        let result = try #require(outcome.value)
        return (sent, result)
    }

    @Test("a request goes out as the specification has it, and its answer is read")
    func read() throws {
        // The example of the Modbus application protocol, 6.3: registers 108 ff., here two of them.
        let (sent, result) = try Self.exchange(
            answer: Self.frame([17, 3, 4, 0x02, 0x2B, 0, 0x64])
        ) { try $0.read(Self.holding, count: 2) }
        #expect(sent == Self.frame([17, 3, 0, 0x6B, 0, 2]))
        #expect(try result.get() == [555, 100])
    }

    @Test("a coil is written and confirmed")
    func write() throws {
        let request = Self.frame([17, 5, 0, 0xAC, 0xFF, 0])
        let (sent, result) = try Self.exchange(answer: request) { try $0.write(Self.coil, [1]) }
        #expect(sent == request)
        #expect(throws: Never.self) { try result.get() }
    }

    @Test(
        "what is no answer to the request says why",
        arguments: [
            (frame([17, 0x83, 2]), ModbusFault.exception(code: 2)),
            ([17, 3, 2, 0, 1, 0, 0], .malformed),
            (frame([18, 3, 2, 0, 1]), .malformed),
        ])
    func refused(answer: [UInt8], fault: ModbusFault) throws {
        let (_, result) = try Self.exchange(answer: answer) { try $0.read(Self.holding, count: 1) }
        let thrown = #expect(throws: ModbusFault.self) { _ = try result.get() }
        #expect(thrown == fault)
    }

    @Test("silence ends at the deadline")
    func silence() throws {
        let terminal = try PseudoTerminal()
        let calls = try Self.open(terminal, deadline: 30_000_000)
        let fault = #expect(throws: ModbusFault.self) { try calls.read(Self.holding, count: 1) }
        #expect(fault == .timedOut)
    }

    /// Whether the kernel refuses the line to whoever does not ask for a lock (TIOCGEXCL of
    /// asm-generic/ioctls.h); root, whom it refuses nothing, is told.
    private static func isExclusive(_ path: String) -> Bool {
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == EBUSY }
        defer { close(descriptor) }
        var flag: Int32 = 0
        return unsafe ioctl(descriptor, 0x8004_5440, &flag) == 0 && flag != 0
    }

    @Test("a line in use is refused to every other program, and free after it was closed")
    func exclusive() throws {
        let terminal = try PseudoTerminal()
        let calls = try Self.open(terminal)
        #expect(Self.isExclusive(terminal.slavePath))
        calls.close()
        #expect(!Self.isExclusive(terminal.slavePath))
    }

    @Test("a line that hangs up is gone, one that is not there is not opened, nor one in use")
    func lines() throws {
        let terminal = try PseudoTerminal()
        let calls = try Self.open(terminal)
        let second = #expect(throws: ModbusFault.self) { try Self.open(terminal) }
        #expect(second == .line(errno: EBUSY))
        terminal.hangUp()
        let gone = #expect(throws: ModbusFault.self) { try calls.read(Self.holding, count: 1) }
        guard case .line = gone else {
            Issue.record("found \(String(describing: gone))")
            return
        }
        let absent = #expect(throws: ModbusFault.self) { try Self.open(terminal) }
        #expect(absent == .line(errno: ENOENT))
        calls.close()
        let closed = #expect(throws: ModbusFault.self) { try calls.read(Self.holding, count: 1) }
        #expect(closed == .line(errno: ENODEV))
    }
}

/// Hands the calls to one other thread, which alone uses them.
private final class HeldCalls: @unchecked Sendable {
    let calls: SystemModbusCalls

    init(_ calls: SystemModbusCalls) { self.calls = calls }
}

/// What the other thread leaves.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { result.withLock { $0 } }

    func set(_ value: sending Result<Value, any Error>) { result.withLock { $0 = value } }
}
