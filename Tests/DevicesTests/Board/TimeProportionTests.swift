import Devices
import Testing

@Suite("Time-proportioned outputs")
struct TimeProportionTests {
    static let millisecond: UInt64 = 1_000_000
    static let start: UInt64 = 5_000_000_000

    static func proportion(_ window: UInt64, on: UInt64 = 0, off: UInt64 = 0) -> TimeProportion {
        TimeProportion(
            windowNanoseconds: window * millisecond, shortestOnNanoseconds: on * millisecond,
            shortestOffNanoseconds: off * millisecond)
    }

    /// On or off in each millisecond.
    static func run(
        _ output: inout TimeProportion, _ fraction: Double, milliseconds: Range<UInt64>
    ) -> [Bool] {
        milliseconds.map {
            output.step(fraction: fraction, nowNanoseconds: start + $0 * millisecond)
        }
    }

    static func stretches(_ states: [Bool]) -> [(isOn: Bool, length: Int)] {
        var stretches: [(isOn: Bool, length: Int)] = []
        for state in states {
            if stretches.last?.isOn == state {
                stretches[stretches.count - 1].length += 1
            } else {
                stretches.append((state, 1))
            }
        }
        return stretches
    }

    @Test("each window is on first, for its part")
    func part() {
        var output = Self.proportion(100)
        let states = Self.run(&output, 0.3, milliseconds: 0..<300)
        #expect(Self.stretches(states).map(\.length) == [30, 70, 30, 70, 30, 70])
        #expect(states.first == true)
    }

    @Test("0 is never on, 1 never off", arguments: [0.0, 1.0])
    func ends(fraction: Double) {
        var output = Self.proportion(100, on: 10, off: 10)
        let states = Self.run(&output, fraction, milliseconds: 0..<1000)
        #expect(states.allSatisfy { $0 == (fraction == 1) })
    }

    /// The carry is less than a window, so that the mean is off by no more than one in the whole.
    @Test(
        "the mean is the level, whatever the shortest times, and these are kept",
        arguments: [0.003, 0.04, 0.2, 0.5, 0.77, 0.96, 0.997])
    func mean(fraction: Double) {
        var output = Self.proportion(100, on: 10, off: 15)
        let windows = 200
        let states = Self.run(&output, fraction, milliseconds: 0..<UInt64(100 * windows))
        let onTime = states.count { $0 }
        let owed = fraction * 100 * Double(windows)
        #expect((Double(onTime) - owed).magnitude <= 100)
        // The first and the last stretch are cut off by the test itself.
        for stretch in Self.stretches(states).dropFirst().dropLast() {
            #expect(stretch.length >= (stretch.isOn ? 10 : 15))
        }
    }

    @Test("0 turns off at once, also within the shortest time on")
    func offAtOnce() {
        var output = Self.proportion(100, on: 50)
        let isOn = output.step(fraction: 0.8, nowNanoseconds: Self.start)
        let isStillOn = output.step(fraction: 0, nowNanoseconds: Self.start + 1)
        #expect(isOn)
        #expect(!isStillOn)
        #expect(output.nextChangeNanoseconds == .max)
    }

    @Test("a lower level ends the window's time on; a higher one waits for the next window")
    func changes() {
        var output = Self.proportion(100)
        var states = Self.run(&output, 0.8, milliseconds: 0..<30)
        states += Self.run(&output, 0.2, milliseconds: 30..<50)
        states += Self.run(&output, 0.9, milliseconds: 50..<200)
        #expect(Self.stretches(states).map(\.length) == [30, 70, 90, 10])
    }

    @Test("a forced level comes at once, and after it the shortest times hold")
    func forced() {
        var output = Self.proportion(100, on: 20, off: 20)
        var states = Self.run(&output, 0.5, milliseconds: 0..<1)
        output.force(false, nowNanoseconds: Self.start + Self.millisecond)
        states += Self.run(&output, 0.5, milliseconds: 1..<22)
        #expect(Self.stretches(states).map(\.length) == [1, 20, 1])
    }

    @Test("windows that nobody looked at are not made up for")
    func missed() {
        var output = Self.proportion(100)
        _ = output.step(fraction: 0.5, nowNanoseconds: Self.start)
        let late = Self.run(&output, 0.5, milliseconds: 1060..<1300)
        #expect(Self.stretches(late).map(\.length) == [40, 50, 50, 50, 50])
        #expect(late.first == false)
    }

    @Test("says when it has to be looked at again", arguments: [0.0, 0.3, 1.0])
    func next(fraction: Double) {
        var output = Self.proportion(100)
        _ = output.step(fraction: fraction, nowNanoseconds: Self.start)
        let expected: [Double: UInt64] = [0: .max, 0.3: 30, 1: 100]
        let due = expected[fraction].map { $0 == .max ? $0 : Self.start + $0 * Self.millisecond }
        #expect(output.nextChangeNanoseconds == due)
    }
}
