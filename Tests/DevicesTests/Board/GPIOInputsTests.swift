import Control
import Devices
import Glibc
import Testing

@Suite("GPIO inputs")
struct GPIOInputsTests {
    static let cycle: UInt64 = 10_000_000
    static let start: UInt64 = 1_000_000_000

    static func line(
        _ input: ReadInput, _ address: String, bias: GPIOOptions.Bias = .asIs,
        debounce: UInt64 = 0
    ) throws -> GPIOInput {
        GPIOInput(
            input.channel, at: try #require(GPIOAddress(address)), GPIOOptions(.input, bias: bias),
            debounceNanoseconds: debounce)
    }

    @Test("lines taken alike are one request and one call; each line gets its bit")
    func grouped() throws {
        let lines = ScriptedLines.board()
        let inputs = [ReadInput("a"), ReadInput("b"), ReadInput("c")]
        let unit = GPIOInputs(
            name: "pins",
            [
                try Self.line(inputs[0], "GPIO1"), try Self.line(inputs[1], "FAR", bias: .pullUp),
                try Self.line(inputs[2], "GPIO3"),
            ], cycleNanoseconds: Self.cycle, calls: lines)
        try unit.open(nowNanoseconds: Self.start)
        #expect(inputs.allSatisfy { $0.reading == .failure(.stale) })
        lines.setInputs(0, 0b10)
        lines.setInputs(1, 0b1)
        #expect(try unit.serve(nowNanoseconds: Self.start) == Self.start + Self.cycle)
        #expect(inputs.map(\.reading) == [.success(0), .success(1), .success(1)])
        #expect(inputs[2].timeNanoseconds == Self.start)
        #expect(unit.close())
        #expect(
            lines.trace == [
                "request gpiochip0 1,3 input 0", "request gpiochip1 0 input pullUp 0", "get 0",
                "get 1", "release 0", "release 1",
            ])
    }

    @Test("a level is believed when it has stood for the time asked for")
    func debounced() throws {
        let lines = ScriptedLines.board()
        let input = ReadInput()
        let unit = GPIOInputs(
            name: "pins", [try Self.line(input, "GPIO1", debounce: 30_000_000)],
            cycleNanoseconds: Self.cycle, calls: lines)
        try unit.open(nowNanoseconds: Self.start)
        // Ten milliseconds a step: a bounce, then a level that stays.
        var seen: [Double?] = []
        for (step, level) in [0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0].enumerated() {
            lines.setInputs(0, UInt64(level))
            _ = try unit.serve(nowNanoseconds: Self.start + UInt64(step) * 10_000_000)
            seen.append(try? input.value)
        }
        #expect(seen == [nil, nil, nil, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    }

    @Test("a read that fails, or a line in use, is heard by the loop as a device that is gone")
    func fails() throws {
        let lines = ScriptedLines.board()
        let input = ReadInput()
        let unit = GPIOInputs(
            name: "pins", [try Self.line(input, "GPIO1")], cycleNanoseconds: Self.cycle,
            calls: lines)
        lines.fail(.request, with: EBUSY)
        let busy = boardFault { () throws(BoardFault) in try unit.open(nowNanoseconds: 1) }
        #expect(busy == .call("GPIO1", errno: EBUSY))
        try unit.open(nowNanoseconds: 1)
        lines.fail(.get, with: ENODEV)
        let gone = boardFault { () throws(BoardFault) in _ = try unit.serve(nowNanoseconds: 1) }
        #expect(gone == .call("pins", errno: ENODEV))
        unit.lose()
        #expect(input.reading == .failure(.disconnected))
        #expect(lines.trace.last == "release 0")
    }
}
