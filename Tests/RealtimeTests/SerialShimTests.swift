import CRealtime
import Glibc
import Realtime
import TestSupport
import Testing

@Suite("Serial line shims")
struct SerialShimTests {
    /// Long enough for a loaded machine; nothing is asserted about the time itself.
    static var later: UInt64 { MonotonicClock.nowNanoseconds + 10_000_000_000 }

    static func open(
        _ path: String, baud: UInt32 = 115_200, hangsUp: Bool = false
    ) -> (status: Int32, descriptor: Int32) {
        var descriptor: Int32 = -1
        let status = unsafe flyball_rt_serial_open(path, baud, hangsUp, &descriptor)
        return (status, descriptor)
    }

    static func read(_ descriptor: Int32) -> (status: Int32, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: 256)
        var count: UInt32 = 0
        let status = unsafe flyball_rt_read(descriptor, &bytes, 256, &count)
        return (status, Array(bytes.prefix(Int(count))))
    }

    static func poll(
        _ descriptor: Int32, _ wanted: UInt32, deadline: UInt64
    ) -> (status: Int32, ready: UInt32) {
        var ready: UInt32 = 0
        let status = unsafe flyball_rt_poll(descriptor, wanted, deadline, &ready)
        return (status, ready)
    }

    @Test("last words that are said by hand reach an armed line, and no line that is disarmed")
    func lastWordsByHand() throws {
        var exit: Int32 = -1
        var entrance: Int32 = -1
        try #require(unsafe flyball_rt_pipe(4_096, &exit, &entrance) == 0)
        defer {
            flyball_rt_close(exit)
            flyball_rt_close(entrance)
        }
        let words: [UInt8] = Array("off\n".utf8)
        try #require(unsafe flyball_rt_last_words_arm(entrance, words, 4) == 0)
        flyball_rt_last_words_say()
        #expect(Self.read(exit).bytes == words)
        flyball_rt_last_words_disarm(entrance)
        flyball_rt_last_words_say()
        let silence = Self.poll(exit, FLYBALL_RT_READABLE, deadline: 0)
        #expect(silence.status == -ETIMEDOUT)
    }

    @Test("a pipe whose exit nobody reads takes what fits and then refuses at once")
    func fullPipe() throws {
        var exit: Int32 = -1
        var entrance: Int32 = -1
        try #require(unsafe flyball_rt_pipe(4_096, &exit, &entrance) == 0)
        defer {
            flyball_rt_close(exit)
            flyball_rt_close(entrance)
        }
        let page = [UInt8](repeating: 7, count: 4_096)
        var count: UInt32 = 0
        let first = unsafe flyball_rt_write(entrance, page, 4_096, &count)
        #expect(first == 0)
        #expect(count == 4_096)
        let second = unsafe flyball_rt_write(entrance, page, 4_096, &count)
        #expect(second == -EAGAIN)
    }

    @Test("every byte value passes unchanged in both directions")
    func raw() throws {
        let terminal = try PseudoTerminal()
        let line = Self.open(terminal.slavePath)
        try #require(line.status == 0)
        defer { flyball_rt_close(line.descriptor) }
        let bytes = (0...255).map(UInt8.init)

        #expect(terminal.send(bytes) == 256)
        var received: [UInt8] = []
        while received.count < 256 {
            let poll = Self.poll(line.descriptor, FLYBALL_RT_READABLE, deadline: Self.later)
            try #require(poll.status == 0)
            received += Self.read(line.descriptor).bytes
        }
        #expect(received == bytes)

        var sent: UInt32 = 0
        #expect(unsafe flyball_rt_write(line.descriptor, bytes, 256, &sent) == 0)
        #expect(sent == 256)
        var echoed: [UInt8] = []
        while echoed.count < 256 {
            let poll = Self.poll(terminal.master, FLYBALL_RT_READABLE, deadline: Self.later)
            try #require(poll.status == 0)
            echoed += terminal.receive()
        }
        #expect(echoed == bytes)
    }

    @Test("a line is opened at the speed and with the hang-up asked for", arguments: [false, true])
    func settings(hangsUp: Bool) throws {
        let terminal = try PseudoTerminal()
        let line = Self.open(terminal.slavePath, baud: 9600, hangsUp: hangsUp)
        try #require(line.status == 0)
        defer { flyball_rt_close(line.descriptor) }
        var settings = termios()
        try #require(unsafe tcgetattr(line.descriptor, &settings) == 0)
        #expect(unsafe cfgetospeed(&settings) == UInt32(B9600))
        #expect((settings.c_cflag & UInt32(HUPCL) != 0) == hangsUp)
        #expect(settings.c_lflag & UInt32(ECHO | ICANON | ISIG) == 0)
    }

    @Test("a line in use is refused, and free again after it is closed")
    func exclusive() throws {
        let terminal = try PseudoTerminal()
        let first = Self.open(terminal.slavePath)
        try #require(first.status == 0)
        let second = Self.open(terminal.slavePath)
        #expect(second.status == -EBUSY)
        #expect(flyball_rt_close(first.descriptor) == 0)
        let third = Self.open(terminal.slavePath)
        #expect(third.status == 0)
        flyball_rt_close(third.descriptor)
    }

    @Test(
        "what is no serial line is refused with its reason",
        arguments: [("/dev/null", -ENOTTY), ("/nowhere/at/all", -ENOENT), ("/", -EISDIR)])
    func notALine(path: String, expected: Int32) {
        #expect(Self.open(path).status == expected)
    }

    @Test("a speed that is not in the table is refused", arguments: [0, 1200, 115_201, UInt32.max])
    func unknownSpeed(baud: UInt32) {
        #expect(Self.open("/dev/null", baud: baud).status == -EINVAL)
    }

    @Test("silence is a passed deadline and an empty read, not an error of the line")
    func silence() throws {
        let terminal = try PseudoTerminal()
        let line = Self.open(terminal.slavePath)
        try #require(line.status == 0)
        defer { flyball_rt_close(line.descriptor) }
        #expect(Self.poll(line.descriptor, FLYBALL_RT_READABLE, deadline: 0).status == -ETIMEDOUT)
        #expect(Self.read(line.descriptor).status == -EAGAIN)
        let writable = Self.poll(line.descriptor, FLYBALL_RT_WRITABLE, deadline: Self.later)
        #expect(writable == (0, FLYBALL_RT_WRITABLE))
    }

    @Test("flushing throws away what was not read")
    func flush() throws {
        let terminal = try PseudoTerminal()
        let line = Self.open(terminal.slavePath)
        try #require(line.status == 0)
        defer { flyball_rt_close(line.descriptor) }
        #expect(terminal.send([1, 2, 3]) == 3)
        let arrived = Self.poll(line.descriptor, FLYBALL_RT_READABLE, deadline: Self.later)
        #expect(arrived.status == 0)
        #expect(flyball_rt_serial_flush(line.descriptor) == 0)
        #expect(Self.poll(line.descriptor, FLYBALL_RT_READABLE, deadline: 0).status == -ETIMEDOUT)
    }

    @Test("a line whose other end is gone says so")
    func hangUp() throws {
        let terminal = try PseudoTerminal()
        let line = Self.open(terminal.slavePath)
        try #require(line.status == 0)
        defer { flyball_rt_close(line.descriptor) }
        terminal.hangUp()
        let poll = Self.poll(line.descriptor, FLYBALL_RT_READABLE, deadline: Self.later)
        #expect(poll.status == 0)
        #expect(poll.ready & FLYBALL_RT_BROKEN != 0)
        let end = Self.read(line.descriptor)
        #expect(end == (0, []))
        var sent: UInt32 = 0
        #expect(unsafe flyball_rt_write(line.descriptor, [1], 1, &sent) == -EIO)
    }

    @Test("a descriptor that is not open is an error of every shim")
    func closed() {
        #expect(flyball_rt_close(-1) == -EBADF)
        #expect(flyball_rt_serial_flush(-1) == -EBADF)
        #expect(Self.read(-1).status == -EBADF)
        let poll = Self.poll(9999, FLYBALL_RT_READABLE, deadline: Self.later)
        #expect(poll == (0, FLYBALL_RT_BROKEN))
    }
}
