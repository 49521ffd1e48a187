import Control
import Devices
import Glibc
import Testing

@Suite("Edges counted on GPIO lines")
struct GPIOCounterTests {
    static let start: UInt64 = 10_000_000_000
    static let window: UInt64 = 100_000_000
    static let millisecond: UInt64 = 1_000_000

    let lines = ScriptedLines.board()
    let input: ReadInput
    let counter: GPIOCounter<ScriptedLines>

    init() throws { (input, counter) = try Self.make(lines, .frequency, ["GPIO1"], scale: 30) }

    static func make(
        _ lines: ScriptedLines, _ measure: EdgeMeasure, _ addresses: [String], scale: Double = 1,
        blank: UInt64 = 0
    ) throws -> (ReadInput, GPIOCounter<ScriptedLines>) {
        let input = ReadInput("speed", scale: scale)
        let counter = GPIOCounter(
            input.channel, measure, at: try addresses.map { try #require(GPIOAddress($0)) },
            GPIOOptions(measure == .quadrature ? .edges : .rising, bias: .pullUp),
            blankNanoseconds: blank, idleNanoseconds: 500 * millisecond,
            windowNanoseconds: window, calls: lines)
        return (input, counter)
    }

    /// Edges so many milliseconds after the start.
    static func edges(_ milliseconds: Double...) -> [GPIOEdge] {
        milliseconds.map {
            GPIOEdge(timeNanoseconds: start + UInt64($0 * Double(millisecond)))
        }
    }

    /// The unit's turn so many milliseconds after the start; when it wants the next.
    @discardableResult
    static func serve(_ counter: GPIOCounter<ScriptedLines>, at milliseconds: UInt64) throws
        -> UInt64
    {
        try counter.serve(nowNanoseconds: start + milliseconds * millisecond)
    }

    @Test("pulses every 20 ms, two a turn, are 1500 rpm, from the kernel's times")
    func tachometer() throws {
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(5, 25, 45, 65, 85))
        #expect(try Self.serve(counter, at: 90) == Self.start + 92 * Self.millisecond)
        #expect(input.reading == .failure(.stale))
        #expect(try Self.serve(counter, at: 99) == Self.start + 100 * Self.millisecond)
        try Self.serve(counter, at: 100)
        #expect(input.reading == .success(1500))
        #expect(input.timeNanoseconds == Self.start + 100 * Self.millisecond)
        #expect(counter.close())
        #expect(lines.trace == ["request gpiochip0 1 rising pullUp 0", "release 0"])
    }

    @Test("without edges the value falls as far as is known, and to 0 at standstill")
    func slowing() throws {
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(5, 25, 45))
        try Self.serve(counter, at: 100)
        #expect(input.reading == .success(1500))
        try Self.serve(counter, at: 245)
        #expect(input.reading == .success(150))
        try Self.serve(counter, at: 545)
        #expect(input.reading == .success(0))
    }

    @Test("lost edges are said, and the next window counts anew")
    func overflow() throws {
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(5, 6, 7), isOverflow: true)
        try Self.serve(counter, at: 100)
        #expect(input.reading == .failure(.malformed))
        lines.send(Self.edges(120, 140, 160, 180))
        try Self.serve(counter, at: 200)
        #expect(input.reading == .success(1500))
    }

    @Test("a period is the time from edge to edge, and there is none at standstill")
    func period() throws {
        let (input, counter) = try Self.make(lines, .period, ["GPIO1"])
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(10, 260, 510))
        try Self.serve(counter, at: 600)
        #expect(input.reading == .success(0.25))
        try Self.serve(counter, at: 1100)
        #expect(input.reading == .failure(.stale))
    }

    @Test("a flow meter's edges are counted, but not its bounces")
    func count() throws {
        let (input, counter) = try Self.make(lines, .count, ["FAR"], scale: 0.5, blank: 1_000_000)
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(5, 5.4, 10, 15, 15.9))
        try Self.serve(counter, at: 100)
        #expect(input.reading == .success(1.5))
        #expect(lines.trace == ["request gpiochip1 0 rising pullUp 0"])
    }

    @Test("a count that lost edges is lost for good: nobody knows how far it is off")
    func countOverflow() throws {
        let (input, counter) = try Self.make(lines, .count, ["GPIO1"])
        try counter.open(nowNanoseconds: Self.start)
        lines.send(Self.edges(5), isOverflow: true)
        try Self.serve(counter, at: 100)
        lines.send(Self.edges(105))
        try Self.serve(counter, at: 200)
        #expect(input.reading == .failure(.malformed))
    }

    static func change(_ milliseconds: Double, _ line: Int, _ isRising: Bool) -> GPIOEdge {
        GPIOEdge(
            timeNanoseconds: start + UInt64(milliseconds * Double(millisecond)), line: line,
            isRising: isRising)
    }

    @Test("an encoder's turn forwards and back, with the edges of a line fetched late")
    func encoder() throws {
        let (input, counter) = try Self.make(lines, .quadrature, ["GPIO1", "gpiochip0:2"])
        lines.setInputs(0, 0b00)
        try counter.open(nowNanoseconds: Self.start)
        // A rises before B, but B's buffer is fetched first.
        lines.send([Self.change(1.5, 1, true)])
        try Self.serve(counter, at: 2)
        lines.send([
            Self.change(1, 0, true), Self.change(3, 0, false), Self.change(4, 1, false),
            Self.change(5, 0, true),
        ])
        try Self.serve(counter, at: 100)
        #expect(input.reading == .success(5))
        lines.send([Self.change(110, 0, false), Self.change(111, 1, true)])
        try Self.serve(counter, at: 200)
        #expect(input.reading == .success(3))
        #expect(lines.trace == ["request gpiochip0 1,2 edges pullUp 0", "get 0"])
    }

    @Test("a change that cannot be means that the position is lost")
    func encoderFault() throws {
        let (input, counter) = try Self.make(lines, .quadrature, ["GPIO1", "GPIO2"])
        lines.setInputs(0, 0b01)
        try counter.open(nowNanoseconds: Self.start)
        lines.send([Self.change(1, 0, true)])
        try Self.serve(counter, at: 100)
        #expect(input.reading == .failure(.malformed))
    }

    @Test("an encoder has its lines on one chip")
    func twoChips() throws {
        let (_, counter) = try Self.make(lines, .quadrature, ["GPIO1", "FAR"])
        let fault = boardFault { () throws(BoardFault) in try counter.open(nowNanoseconds: 1) }
        #expect(fault == .notOneChip("speed"))
    }

    @Test("times of another clock are noticed before they fill the memory")
    func foreignClock() throws {
        try counter.open(nowNanoseconds: Self.start)
        let later = GPIOEdge(timeNanoseconds: Self.start * 1_000)
        lines.send([GPIOEdge](repeating: later, count: 4_096))
        try Self.serve(counter, at: 2)
        lines.send([later])
        let fault = boardFault { () throws(BoardFault) in
            _ = try counter.serve(nowNanoseconds: Self.start)
        }
        #expect(fault == .foreignClock("speed"))
    }

    @Test("a request, a first look or a fetch that fails is said, and the loop hears of it")
    func fails() throws {
        let (input, counter) = try Self.make(lines, .quadrature, ["GPIO1", "GPIO2"])
        lines.fail(.request, with: EBUSY)
        let busy = boardFault { () throws(BoardFault) in try counter.open(nowNanoseconds: 1) }
        #expect(busy == .call("GPIO1, GPIO2", errno: EBUSY))
        lines.fail(.get, with: EIO)
        let blind = boardFault { () throws(BoardFault) in try counter.open(nowNanoseconds: 1) }
        #expect(blind == .call("GPIO1, GPIO2", errno: EIO))
        counter.lose()
        #expect(lines.trace.last == "release 0")
        try counter.open(nowNanoseconds: 1)
        lines.fail(.edges, with: ENODEV)
        let gone = boardFault { () throws(BoardFault) in
            _ = try counter.serve(nowNanoseconds: 1)
        }
        #expect(gone == .call("speed", errno: ENODEV))
        counter.lose()
        #expect(input.reading == .failure(.disconnected))
    }
}
