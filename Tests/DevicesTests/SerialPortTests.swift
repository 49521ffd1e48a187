import Devices
import Glibc
import TestSupport
import Testing

@Suite("Serial port")
struct SerialPortTests {
    @Test(
        "a line that cannot be opened says why, and closes nothing",
        arguments: [ENOENT, EACCES, EBUSY, ENOTTY, EIO])
    func notOpened(errno: Int32) {
        let terminal = ScriptedTerminal { _ in .nothing }
        terminal.fail(.open, with: errno)
        var fault: SerialFault?
        do {
            _ = try SerialPort(path: "/p", baud: 9600, calls: terminal)
        } catch {
            fault = error
        }
        #expect(fault == .notOpened(errno: errno))
        #expect(terminal.trace == ["open /p 9600"])
    }

    @Test("the owner closes the line when it lets go")
    func closes() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        do {
            var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
            try port.flush()
        }
        #expect(terminal.trace == ["open /p 115200", "flush", "close"])
    }

    @Test("a full line is waited for and written to its end")
    func writeAgain() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        terminal.fail(.write, with: EAGAIN, EAGAIN)
        var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        terminal.clearTrace()
        try port.write("SCAN\n", deadlineNanoseconds: .max)
        let expected = [
            "write SCAN", "wait to write", "write SCAN", "wait to write", "write SCAN",
        ]
        #expect(terminal.trace == expected)
    }

    @Test("a broken line is told apart from a silent one", arguments: [EIO, ENXIO, ENODEV, EBADF])
    func broken(errno: Int32) throws {
        for call in [ScriptedTerminal.Call.flush, .read, .write, .wait] {
            let terminal = ScriptedTerminal { _ in .nothing }
            terminal.send("x")
            terminal.fail(call, with: errno)
            var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
            var fault: SerialFault?
            do {
                if call == .flush { try port.flush() }
                if call == .write { try port.write("X\n", deadlineNanoseconds: .max) }
                _ = try port.nextByte(deadlineNanoseconds: .max)
            } catch {
                fault = error
            }
            #expect(fault == .gone(errno: errno), "\(call)")
        }
    }

    @Test("silence ends at the deadline")
    func silence() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        terminal.send("late", afterNanoseconds: 2_000)
        var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        let deadline = terminal.nowNanoseconds + 1_000
        var fault: SerialFault?
        do { _ = try port.nextByte(deadlineNanoseconds: deadline) } catch { fault = error }
        #expect(fault == .timedOut)
        #expect(terminal.nowNanoseconds == deadline)
    }

    @Test("a read that finds nothing is tried again; a hang-up is the end")
    func hangUp() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        terminal.send("a")
        terminal.fail(.read, with: EAGAIN)
        var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        let first = try port.nextByte(deadlineNanoseconds: .max)
        #expect(first == UInt8(ascii: "a"))
        terminal.hangUp()
        var fault: SerialFault?
        do { _ = try port.nextByte(deadlineNanoseconds: .max) } catch { fault = error }
        #expect(fault == .gone(errno: 0))
    }

    @Test("a flush throws away what was received and not taken")
    func flush() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        terminal.send("ab")
        var port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        _ = try port.nextByte(deadlineNanoseconds: .max)
        let isQuietBefore = try port.isQuiet()
        try port.flush()
        let isQuietAfter = try port.isQuiet()
        #expect(!isQuietBefore)
        #expect(isQuietAfter)
    }

    @Test("the kernel's calls speak over a terminal, and notice when it is gone")
    func kernel() throws {
        let terminal = try PseudoTerminal()
        var port = try SerialPort(
            path: terminal.slavePath, baud: 115_200, calls: SystemTerminalCalls())
        let deadline = port.calls.nowNanoseconds + 10_000_000_000
        try port.write("VER\n", deadlineNanoseconds: deadline)
        var sent: [UInt8] = []
        while sent.count < 4 { sent += terminal.receive() }
        #expect(sent == Array("VER\n".utf8))
        #expect(terminal.send([0x41, 0x00]) == 2)
        let first = try port.nextByte(deadlineNanoseconds: deadline)
        let second = try port.nextByte(deadlineNanoseconds: deadline)
        #expect([first, second] == [0x41, 0x00])
        let isQuiet = try port.isQuiet()
        #expect(isQuiet)

        var busy: SerialFault?
        do {
            _ = try SerialPort(
                path: terminal.slavePath, baud: 115_200, calls: SystemTerminalCalls())
        } catch {
            busy = error
        }
        #expect(busy == .notOpened(errno: EBUSY))

        terminal.hangUp()
        var gone: SerialFault?
        do { _ = try port.nextByte(deadlineNanoseconds: deadline) } catch { gone = error }
        guard case .gone = gone else {
            Issue.record("\(String(describing: gone))")
            return
        }
    }

    @Test("a line of the kernel is free again as soon as its owner lets go")
    func reopens() throws {
        let terminal = try PseudoTerminal()
        for _ in 0..<3 {
            var port = try SerialPort(
                path: terminal.slavePath, baud: 115_200, calls: SystemTerminalCalls())
            try port.flush()
        }
    }

    @Test(
        "the kernel's calls name what cannot be opened",
        arguments: [
            ("/nowhere/at/all", ENOENT), ("/dev/null", ENOTTY),
        ])
    func absent(path: String, errno: Int32) {
        var fault: SerialFault?
        do {
            _ = try SerialPort(path: path, baud: 115_200, calls: SystemTerminalCalls())
        } catch {
            fault = error
        }
        #expect(fault == .notOpened(errno: errno))
    }
}
