import Devices
import Glibc
import Realtime
import Testing

@Suite("TCLab version gate")
struct TCLabIdentifyTests {
    static func identify(
        _ terminal: ScriptedTerminal, stop: StopFlag = StopFlag()
    ) throws -> Result<TCLabFirmware, TCLabRefusal> {
        let port = try SerialPort(path: "/p", baud: 115_200, calls: terminal)
        var conversation = TCLabConversation(
            port: port, deadlineNanoseconds: 50_000_000, monitor: TCLabMonitor(), stop: stop)
        return try conversation.identify()
    }

    @Test("every supported firmware passes", arguments: ["1.1.0", "1.3.0", "1.4.3", "2.0.1"])
    func passes(firmware: String) throws {
        let found = try Self.identify(ScriptedTerminal(board: firmware))
        #expect((try? found.get().text) == firmware)
    }

    @Test("a board that is starting is asked again, with a flush each time")
    func starting() throws {
        var board = FakeBoard("1.4.3")
        var asked = 0
        let terminal = ScriptedTerminal { request in
            asked += 1
            return asked < 5 ? .nothing : board.answer(request)
        }
        let found = try Self.identify(terminal)
        #expect(found == .success(TCLabFirmware(1, 4, 3)))
        #expect(terminal.requests.count == 5)
        #expect(terminal.trace.filter { $0 == "flush" }.count == 5)
    }

    @Test("answers of all the requests that waited are no flood")
    func burst() throws {
        let terminal = ScriptedTerminal { _ in
            .init(text: String(repeating: "TCLab Firmware 1.4.3 Arduino Uno\r\n", count: 4))
        }
        let found = try Self.identify(terminal)
        #expect(found == .success(TCLabFirmware(1, 4, 3)))
    }

    @Test("a firmware that does not stop answering is refused with its version")
    func floods() throws {
        let flooding = ScriptedTerminal { _ in .nothing }
        for step in 0..<2_000 {
            flooding.send(
                "TCLab Firmware 1.4.0 Arduino Uno\r\n",
                afterNanoseconds: UInt64(step + 1) * 3_000_000)
        }
        let found = try Self.identify(flooding)
        #expect(found == .failure(.floods(TCLabFirmware(1, 4, 0))))
    }

    @Test("a line that breaks after the version is broken, not refused")
    func breaks() throws {
        let terminal = ScriptedTerminal(board: "1.4.3")
        // Seven bytes a read: the answer takes five, and the next one finds the line broken.
        terminal.fail(.wait, with: 0, 0, 0, 0, 0, EIO)
        #expect(throws: SerialFault.gone(errno: EIO)) { try Self.identify(terminal) }
    }

    @Test("a quiet 1.4.0 is driven: not every build of it floods")
    func quiet() throws {
        let terminal = ScriptedTerminal { _ in .init(text: "TCLab Firmware 1.4.0\r\n") }
        let found = try Self.identify(terminal)
        #expect(found == .success(TCLabFirmware(1, 4, 0)))
    }

    @Test("silence ends after the time that a board needs to start")
    func silent() throws {
        let terminal = ScriptedTerminal { _ in .nothing }
        let start = terminal.nowNanoseconds
        let found = try Self.identify(terminal)
        #expect(found == .failure(.silent))
        #expect(terminal.nowNanoseconds - start >= TCLabTiming.startLimit)
        #expect(terminal.requests.count == 8)
    }

    @Test("a stop ends the wait")
    func cancelled() throws {
        let stop = StopFlag()
        var requests = 0
        let terminal = ScriptedTerminal { _ in
            requests += 1
            if requests == 2 { stop.raise() }
            return .nothing
        }
        let found = try Self.identify(terminal, stop: stop)
        #expect(found == .failure(.silent))
        #expect(terminal.requests.count == 2)
    }

    @Test("another device is named by its words", arguments: ["hello", "ok T:21.0", "VER"])
    func foreign(words: String) throws {
        let terminal = ScriptedTerminal { _ in
            .init(text: words + "\r\n", delayNanoseconds: 400_000_000)
        }
        let found = try Self.identify(terminal)
        let bytes = Array(words.utf8)
        #expect(found == .failure(.foreign(ProtocolLine(bytes.span))))
    }

    @Test("old firmwares are refused at once", arguments: ["Stop", "TCLab Firmware Version 1.01"])
    func old(words: String) throws {
        let terminal = ScriptedTerminal { _ in .init(text: words + "\r\n") }
        let found = try Self.identify(terminal)
        let isRefused = (try? found.get()) == nil
        #expect(isRefused)
        #expect(terminal.requests == ["VER"])
    }
}
