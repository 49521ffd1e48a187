import Control
import Devices
import Glibc
import Testing

@Suite("GPIO outputs")
struct GPIOOutputsTests {
    static let cycle: UInt64 = 10_000_000
    static let start: UInt64 = 1_000_000_000

    static func line(
        _ output: DrivenOutput, _ address: String, isActiveLow: Bool = false,
        proportion: TimeProportion? = nil
    ) throws -> GPIOOutput {
        GPIOOutput(
            output.channel, at: try #require(GPIOAddress(address)),
            GPIOOptions(.output, isActiveLow: isActiveLow), proportion: proportion)
    }

    static func unit(_ lines: ScriptedLines, _ outputs: GPIOOutput...) -> GPIOOutputs<ScriptedLines>
    {
        GPIOOutputs(name: "pins", outputs, cycleNanoseconds: cycle, calls: lines)
    }

    @Test("lines driven alike are one request at their safe levels, and one call when one changes")
    func grouped() throws {
        let lines = ScriptedLines.board()
        let first = DrivenOutput("first")
        let second = DrivenOutput("second", safePercent: 100)
        let third = DrivenOutput("third")
        let unit = Self.unit(
            lines, try Self.line(first, "GPIO1"), try Self.line(second, "gpiochip0:3"),
            try Self.line(third, "FAR", isActiveLow: true))
        try unit.open(nowNanoseconds: Self.start)
        #expect(
            lines.trace == [
                "request gpiochip0 1,3 output 2", "arm 0 2",
                "request gpiochip1 0 output active-low 0", "arm 1 0",
            ])
        lines.clearTrace()
        #expect(try unit.serve(nowNanoseconds: Self.start) == Self.start + Self.cycle)
        #expect(lines.trace.isEmpty)
        first.drive(percent: 100, at: Self.start)
        second.drive(percent: 0, at: Self.start)
        _ = try unit.serve(nowNanoseconds: Self.start)
        #expect(lines.trace == ["set 0 1"])
        #expect(first.drive(percent: 100, at: Self.start) == nil)
        _ = try unit.serve(nowNanoseconds: Self.start)
        #expect(lines.trace == ["set 0 1"])
        #expect(unit.close())
        #expect(lines.trace == ["set 0 1", "set 0 2", "release 0", "set 1 0", "release 1"])
    }

    @Test("a line without a window is on from the middle of the range upwards")
    func middle() throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let unit = Self.unit(lines, try Self.line(output, "GPIO2"))
        try unit.open(nowNanoseconds: Self.start)
        lines.clearTrace()
        for percent in [49, 50, 49] as [Int32] {
            output.drive(percent: percent, at: Self.start)
            _ = try unit.serve(nowNanoseconds: Self.start)
        }
        #expect(lines.trace == ["set 0 1", "set 0 0"])
    }

    @Test("a command that is too old gives way to the safe level, and the loop hears of it")
    func expired() throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let window = TimeProportion(windowNanoseconds: 2_000_000_000)
        let unit = Self.unit(lines, try Self.line(output, "GPIO1", proportion: window))
        try unit.open(nowNanoseconds: Self.start)
        output.drive(percent: 100, at: Self.start)
        _ = try unit.serve(nowNanoseconds: Self.start)
        lines.clearTrace()
        let last = Self.start + DrivenOutput.maximumAgeNanoseconds
        _ = try unit.serve(nowNanoseconds: last)
        #expect(lines.trace.isEmpty)
        _ = try unit.serve(nowNanoseconds: last + 1)
        #expect(lines.trace == ["set 0 0"])
        #expect(output.drive(percent: 100, at: last + 1) == .expired)
        _ = try unit.serve(nowNanoseconds: last + 2)
        #expect(lines.trace == ["set 0 0", "set 0 1"])
        #expect(output.drive(percent: 100, at: last + 2) == nil)
    }

    @Test("after a safe level a line switches in its proportion again", arguments: [true, false])
    func returns(hasExpired: Bool) throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let window = TimeProportion(windowNanoseconds: 200_000_000)
        let unit = Self.unit(lines, try Self.line(output, "GPIO1", proportion: window))
        try unit.open(nowNanoseconds: Self.start)
        var now = Self.start
        var onNanoseconds: UInt64 = 0
        /// Serves the unit as its thread does, with a command each 100 ms, or without any.
        func run(percent: Int32?, nanoseconds: UInt64) throws {
            let end = now + nanoseconds
            var tick = now
            onNanoseconds = 0
            while now < end {
                if let percent, now >= tick {
                    output.drive(percent: percent, at: now)
                    tick += 100_000_000
                }
                let next = min(try unit.serve(nowNanoseconds: now), end)
                if lines.trace.last(where: { $0.hasPrefix("set") }) == "set 0 1" {
                    onNanoseconds += next - now
                }
                now = next
            }
        }
        try run(percent: 100, nanoseconds: 1_000_000_000)
        #expect(onNanoseconds == 1_000_000_000)
        // A safe state of the loop, or a loop that is silent for longer than its commands may age.
        let silence = 2 * DrivenOutput.maximumAgeNanoseconds
        try run(percent: hasExpired ? nil : 0, nanoseconds: silence)
        #expect(lines.trace.last == "set 0 0")
        try run(percent: 30, nanoseconds: 1_000_000_000)
        #expect(onNanoseconds == 300_000_000)
    }

    @Test("a level in between switches at the time that is due, not only in a cycle")
    func proportioned() throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let window = TimeProportion(windowNanoseconds: 100_000_000)
        let unit = Self.unit(lines, try Self.line(output, "GPIO1", proportion: window))
        try unit.open(nowNanoseconds: Self.start)
        lines.clearTrace()
        output.drive(percent: 25, at: Self.start)
        var now = Self.start
        var changes: [UInt64] = []
        while now < Self.start + 200_000_000 {
            let before = lines.trace.count
            let next = try unit.serve(nowNanoseconds: now)
            if lines.trace.count > before { changes.append((now - Self.start) / 1_000) }
            #expect(next > now)
            now = next
        }
        #expect(lines.trace == ["set 0 1", "set 0 0", "set 0 1", "set 0 0"])
        #expect(changes == [0, 25_000, 100_000, 125_000])
    }

    @Test("an output without a loop is held at its safe level")
    func held() throws {
        let lines = ScriptedLines.board()
        let channel = DrivenOutput("held", safePercent: 100)
        let unit = Self.unit(lines, try Self.line(channel, "GPIO1"))
        try unit.open(nowNanoseconds: Self.start)
        _ = try unit.serve(nowNanoseconds: Self.start + 100_000_000_000)
        #expect(lines.trace == ["request gpiochip0 1 output 1", "arm 0 1"])
    }

    @Test("a write that fails is heard by the loop; what can be done is tried, and it is let go")
    func writeFails() throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let unit = Self.unit(lines, try Self.line(output, "GPIO1"))
        try unit.open(nowNanoseconds: Self.start)
        output.drive(percent: 100, at: Self.start)
        lines.fail(.set, with: EIO)
        lines.clearTrace()
        let fault = boardFault { () throws(BoardFault) in
            _ = try unit.serve(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("pins", errno: EIO))
        unit.lose()
        #expect(lines.trace == ["set 0 1", "set 0 0", "release 0"])
        #expect(output.drive(percent: 100, at: Self.start) == .disconnected)
    }

    @Test("an output that refuses its safe level at the end is not let go, and is tried again")
    func refusesEnd() throws {
        let lines = ScriptedLines.board()
        let output = DrivenOutput()
        let unit = Self.unit(lines, try Self.line(output, "GPIO1"))
        try unit.open(nowNanoseconds: Self.start)
        lines.fail(.set, with: EIO)
        lines.clearTrace()
        #expect(!unit.close())
        #expect(lines.trace == ["set 0 0"])
        #expect(unit.close())
        #expect(lines.trace == ["set 0 0", "set 0 0", "release 0"])
    }

    @Test("a line in use is said to be so, by the name that the user gave it")
    func busy() throws {
        let lines = ScriptedLines.board()
        lines.fail(.request, with: EBUSY)
        let unit = Self.unit(
            lines, try Self.line(DrivenOutput(), "GPIO1"),
            try Self.line(DrivenOutput(), "gpiochip0:2"))
        let fault = boardFault { () throws(BoardFault) in
            try unit.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("GPIO1, gpiochip0:2", errno: EBUSY))
        #expect(fault?.description == "GPIO1, gpiochip0:2: Device or resource busy")
        unit.lose()
        #expect(lines.trace == ["request gpiochip0 1,2 output 0"])
    }

    @Test("a second request that fails gives the first one back, safe")
    func secondFails() throws {
        let lines = ScriptedLines.board()
        lines.fail(.request, with: 0, ENODEV)
        let unit = Self.unit(
            lines, try Self.line(DrivenOutput(), "GPIO1"), try Self.line(DrivenOutput(), "FAR"))
        let fault = boardFault { () throws(BoardFault) in
            try unit.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("FAR", errno: ENODEV))
        unit.lose()
        #expect(lines.trace.suffix(2) == ["set 0 0", "release 0"])
    }
}
