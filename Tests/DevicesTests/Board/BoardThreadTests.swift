import Devices
import Glibc
import Realtime
import Synchronization
import Testing

/// A unit in a test's hands: it records its turns, and fails as told.
private final class ScriptedUnit: BoardUnit {
    let name: String
    let hasOutputs: Bool
    var trace: [String] = []
    var openFaults: [BoardFault?] = []
    var serveFaults: [BoardFault?] = []
    var closes: [Bool] = []
    var onServe: () -> Void = {}
    let period: UInt64

    init(_ name: String, hasOutputs: Bool = true, period: UInt64 = 10_000_000) {
        self.name = name
        self.hasOutputs = hasOutputs
        self.period = period
    }

    func open(nowNanoseconds now: UInt64) throws(BoardFault) {
        trace.append("open")
        if let fault = Self.next(&openFaults) { throw fault }
    }

    func serve(nowNanoseconds now: UInt64) throws(BoardFault) -> UInt64 {
        trace.append("serve")
        onServe()
        if let fault = Self.next(&serveFaults) { throw fault }
        return now + period
    }

    func lose() { trace.append("lose") }

    func close() -> Bool {
        trace.append("close")
        return closes.isEmpty ? true : closes.removeFirst()
    }

    private static func next(_ faults: inout [BoardFault?]) -> BoardFault? {
        faults.isEmpty ? nil : faults.removeFirst()
    }
}

@Suite("The thread of a board")
struct BoardThreadTests {
    static let gone = BoardFault.call("x", errno: ENODEV)

    /// Runs until so much time has passed, and to the end; the statuses on the way.
    private static func run(
        _ units: [ScriptedUnit], forNanoseconds duration: UInt64
    ) -> (statuses: [BoardStatus], nanoseconds: UInt64) {
        let stop = StopFlag()
        let monitor = BoardMonitor()
        let statuses = Mutex<[BoardStatus]>([])
        let begin: UInt64 = 1_000_000_000
        let clock = TestClock { deadline in
            statuses.withLock { all in
                if all.last != monitor.status { all.append(monitor.status) }
            }
            if deadline >= begin + duration { stop.raise() }
        }
        var thread = BoardThread(units: units, monitor: monitor, stop: stop, clock: clock)
        thread.run()
        return (statuses.withLock { $0 } + [monitor.status], clock.nowNanoseconds - begin)
    }

    @Test("each unit is opened, served when it is due, and closed")
    func life() {
        let fast = ScriptedUnit("fast")
        let slow = ScriptedUnit("slow", hasOutputs: false, period: 25_000_000)
        let (statuses, _) = Self.run([fast, slow], forNanoseconds: 50_000_000)
        #expect(fast.trace == ["open"] + [String](repeating: "serve", count: 5) + ["close"])
        #expect(slow.trace == ["open", "serve", "serve", "close"])
        #expect(statuses == [.running, .stopped(confirmed: true)])
    }

    @Test("a unit that cannot be opened is tried again, ever more rarely; the others go on")
    func openFails() {
        let bad = ScriptedUnit("bad", hasOutputs: false)
        bad.openFaults = [BoardFault?](repeating: Self.gone, count: 4) + [nil]
        let good = ScriptedUnit("good")
        // Retries after 0.1, 0.2, 0.4 and 0.8 s: the fifth try is at 1.5 s.
        let (statuses, _) = Self.run([bad, good], forNanoseconds: 1_510_000_000)
        #expect(bad.trace.filter { $0 == "open" }.count == 5)
        #expect(bad.trace.filter { $0 == "lose" }.count == 4)
        #expect(good.trace.filter { $0 == "serve" }.count >= 150)
        #expect(
            statuses == [
                .faulted(unit: "bad", Self.gone), .running, .stopped(confirmed: true),
            ])
    }

    @Test("a unit that fails on the way is let go and opened again")
    func serveFails() {
        let unit = ScriptedUnit("unit")
        unit.serveFaults = [nil, Self.gone]
        let (statuses, _) = Self.run([unit], forNanoseconds: 130_000_000)
        #expect(
            unit.trace == [
                "open", "serve", "serve", "lose", "open", "serve", "serve", "close",
            ])
        #expect(
            statuses == [
                .running, .faulted(unit: "unit", Self.gone), .running, .stopped(confirmed: true),
            ])
    }

    @Test("a stop does not wait for the turns of the units behind")
    func stopWithinRound() {
        let stop = StopFlag()
        let monitor = BoardMonitor()
        let slow = ScriptedUnit("slow", hasOutputs: false)
        slow.onServe = { stop.raise() }
        let behind = ScriptedUnit("behind", hasOutputs: false)
        var thread = BoardThread(
            units: [slow, behind], monitor: monitor, stop: stop, clock: TestClock())
        thread.run()
        #expect(slow.trace == ["open", "serve", "close"])
        #expect(behind.trace.isEmpty)
        #expect(monitor.status == .stopped(confirmed: true))
    }

    @Test("outputs that refuse their safe level at the end are asked again, for a second")
    func endRefused() {
        let late = ScriptedUnit("late")
        late.closes = [false, false, true]
        #expect(Self.run([late], forNanoseconds: 1).statuses.last == .stopped(confirmed: true))
        #expect(late.trace.filter { $0 == "close" }.count == 3)

        let never = ScriptedUnit("never")
        never.closes = [Bool](repeating: false, count: 1_000)
        let other = ScriptedUnit("other")
        let end = Self.run([never, other], forNanoseconds: 1)
        #expect(end.statuses.last == .stopped(confirmed: false))
        #expect(other.trace.last == "close")
        #expect(end.nanoseconds <= BoardTiming.endLimit + 2 * BoardTiming.stopStep)
    }

    @Test("an output that is lost when the end comes is opened once more, to be safe")
    func endWhileLost() {
        let unit = ScriptedUnit("unit")
        unit.serveFaults = [Self.gone]
        unit.openFaults = [nil, Self.gone]
        let end = Self.run([unit], forNanoseconds: 1)
        #expect(unit.trace == ["open", "serve", "lose", "open", "lose", "open", "close"])
        #expect(end.statuses.last == .stopped(confirmed: true))
    }

    @Test("an input that is lost does not keep the end from being confirmed")
    func inputLost() {
        let unit = ScriptedUnit("unit", hasOutputs: false)
        unit.openFaults = [BoardFault?](repeating: Self.gone, count: 100)
        let end = Self.run([unit], forNanoseconds: 1)
        #expect(end.statuses.last == .stopped(confirmed: true))
    }

    @Test("a device that was never started ends at once; one that was, with its outputs safe")
    func device() throws {
        var idle = BoardDevice(name: "board", units: [])
        let hasEnded = idle.hasEnded(byNanoseconds: 0)
        let isIdleSafe = idle.stop()
        #expect(hasEnded)
        #expect(isIdleSafe)

        let lines = ScriptedLines.board()
        let driven = DrivenOutput()
        let outputs = GPIOOutputs(
            name: "pins", [try GPIOOutputsTests.line(driven, "GPIO1")],
            cycleNanoseconds: 1_000_000, calls: lines)
        var device = BoardDevice(name: "board", units: [outputs])
        try device.start()
        let limit = MonotonicClock.nowNanoseconds + 20_000_000_000
        while !lines.trace.contains("set 0 1") || device.monitor.status != .running,
            MonotonicClock.nowNanoseconds < limit
        {
            driven.drive(percent: 100, at: MonotonicClock.nowNanoseconds)
            MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 1_000_000)
        }
        #expect(device.monitor.status == .running)
        let isSafe = device.stop()
        #expect(isSafe)
        #expect(lines.trace.suffix(2) == ["set 0 0", "release 0"])
    }

    @Test("a loop that is stuck: the thread drives the safe level when the command is too old")
    func stuckLoop() throws {
        let lines = ScriptedLines.board()
        let driven = DrivenOutput()
        let outputs = GPIOOutputs(
            name: "pins", [try GPIOOutputsTests.line(driven, "GPIO1")],
            cycleNanoseconds: 1_000_000, calls: lines)
        var device = BoardDevice(name: "board", units: [outputs])
        try device.start()
        let commanded = MonotonicClock.nowNanoseconds
        driven.drive(percent: 100, at: commanded)
        let limit = commanded + 20_000_000_000
        while !lines.trace.contains("set 0 0"), MonotonicClock.nowNanoseconds < limit {
            MonotonicClock.sleep(untilNanoseconds: MonotonicClock.nowNanoseconds + 1_000_000)
        }
        #expect(lines.trace.suffix(2) == ["set 0 1", "set 0 0"])
        #expect(
            MonotonicClock.nowNanoseconds - commanded >= DrivenOutput.maximumAgeNanoseconds)
        _ = device.stop()
    }

    @Test("the safe level without a thread: opened, driven, let go; each failure by its unit")
    func driveSafe() {
        let good = ScriptedUnit("good")
        let absent = ScriptedUnit("absent")
        absent.openFaults = [Self.gone]
        let deaf = ScriptedUnit("deaf")
        deaf.closes = [Bool](repeating: false, count: 1_000)
        let late = ScriptedUnit("late")
        late.closes = [false, false]
        let sensor = ScriptedUnit("sensor", hasOutputs: false)
        let faults = BoardDevice(name: "board", units: [absent, deaf, late, sensor, good])
            .driveSafe(clock: TestClock())
        #expect(faults.map(\.unit) == ["absent", "deaf"])
        #expect(faults.map(\.fault) == [Self.gone, .notDriven("deaf")])
        #expect(good.trace == ["open", "close"])
        #expect(deaf.trace.prefix(3) == ["open", "close", "close"])
        #expect(deaf.trace.suffix(2) == ["close", "lose"])
        #expect(late.trace == ["open", "close", "close", "close"])
        #expect(sensor.trace.isEmpty)
    }

    @Test("a line that a daemon holds, which may just be ending, is waited for, but not for ever")
    func driveSafeBusy() {
        let busy = BoardFault.call("GPIO1", errno: EBUSY)
        let late = ScriptedUnit("late")
        late.openFaults = [busy, busy, nil]
        let held = ScriptedUnit("held")
        held.openFaults = [BoardFault?](repeating: busy, count: 1_000)
        let clock = TestClock()
        let begin = clock.nowNanoseconds
        let faults = BoardDevice(name: "board", units: [late, held]).driveSafe(clock: clock)
        #expect(faults.map(\.unit) == ["held"])
        #expect(faults.map(\.fault) == [busy])
        #expect(late.trace.last == "close")
        #expect(clock.nowNanoseconds - begin <= 2 * BoardTiming.endLimit)
    }
}
