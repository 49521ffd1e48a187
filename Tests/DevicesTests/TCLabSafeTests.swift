import Devices
import Glibc
import Testing

@Suite("TCLab safe state")
struct TCLabSafeTests {
    static func fault(_ terminal: ScriptedTerminal) -> TCLabSafeFault? {
        do {
            try TCLabSafe.drive(path: "/p", calls: terminal)
            return nil
        } catch {
            return error
        }
    }

    @Test("opens, sends all that turns heaters off, is confirmed, closes")
    func confirmed() {
        let terminal = ScriptedTerminal(board: "2.0.1")
        #expect(Self.fault(terminal) == nil)
        #expect(terminal.requests == ["Q1 0", "Q2 0", "X"])
        #expect(terminal.trace.first == "open /p 115200")
        #expect(terminal.trace.last == "close")
    }

    @Test("goes on while the board starts, and tries the old speed")
    func oldSpeed() {
        let terminal = ScriptedTerminal { _ in .nothing }
        #expect(Self.fault(terminal) == .unconfirmed)
        let opens = terminal.trace.filter { $0.hasPrefix("open") }
        #expect(opens == ["open /p 115200", "open /p 9600"])
        #expect(terminal.requests.filter { $0 == "X" }.count > 20)
        #expect(terminal.nowNanoseconds < 11_000_000_000)
    }

    @Test("waits for a line in use, but not for ever")
    func busy() {
        let free = ScriptedTerminal(board: "1.4.3")
        free.fail(.open, with: EBUSY, EBUSY, EBUSY)
        #expect(Self.fault(free) == nil)

        let busy = ScriptedTerminal(board: "1.4.3")
        for _ in 0..<20 { busy.fail(.open, with: EBUSY) }
        #expect(Self.fault(busy) == .notOpened(errno: EBUSY))
    }

    @Test("says at once that there is no line", arguments: [ENOENT, EACCES])
    func absent(errno: Int32) {
        let terminal = ScriptedTerminal(board: "1.4.3")
        terminal.fail(.open, with: errno)
        #expect(Self.fault(terminal) == .notOpened(errno: errno))
        #expect(terminal.trace.count == 1)
    }

    @Test(
        "a line that breaks is not a confirmation",
        arguments: [
            ScriptedTerminal.Call.write, .read, .flush,
        ])
    func broken(call: ScriptedTerminal.Call) {
        let terminal = ScriptedTerminal(board: "1.4.3")
        terminal.fail(call, with: EIO)
        terminal.fail(.open, with: 0, ENOENT)
        #expect(Self.fault(terminal) == .notOpened(errno: ENOENT))
    }
}
