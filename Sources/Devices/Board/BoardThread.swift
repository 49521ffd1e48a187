package import Realtime

/// The life of a board on its own thread: opens its units, serves each when it is due, opens it
/// again when it failed, and leaves with the outputs safe.
///
/// Nothing here runs on the tick. Unchecked, since units are classes: they are handed over at the
/// start of the thread, and nobody else touches them before it has ended.
package struct BoardThread<Clock: BoardClock>: ~Copyable, @unchecked Sendable {
    private struct State {
        var isOpen = false
        var dueNanoseconds: UInt64 = 0
        var retryNanoseconds = BoardTiming.firstRetry
        var fault: BoardFault?
    }

    private let units: [any BoardUnit]
    private var states: [State]
    private let monitor: BoardMonitor
    private let stop: StopFlag
    private let clock: Clock

    package init(units: [any BoardUnit], monitor: BoardMonitor, stop: StopFlag, clock: Clock) {
        self.units = units
        self.monitor = monitor
        self.stop = stop
        self.clock = clock
        states = units.map { _ in State() }
    }

    package mutating func run() {
        while !stop.isRaised {
            round()
        }
        monitor.set(.stopped(confirmed: shutDown()))
    }

    /// Serves every unit that is due and sleeps until the next one is.
    private mutating func round() {
        let begin = clock.nowNanoseconds
        var next = begin + BoardTiming.stopStep
        for index in units.indices {
            // Slow sensors need their time each: the end does not wait for all of them.
            guard !stop.isRaised else { return }
            if states[index].dueNanoseconds <= clock.nowNanoseconds { serve(index) }
            next = min(next, states[index].dueNanoseconds)
        }
        report()
        clock.sleep(
            untilNanoseconds: max(next, clock.nowNanoseconds + BoardTiming.shortestRound))
    }

    private mutating func serve(_ index: Int) {
        let unit = units[index]
        do throws(BoardFault) {
            if !states[index].isOpen {
                try unit.open(nowNanoseconds: clock.nowNanoseconds)
                states[index].isOpen = true
                states[index].fault = nil
            }
            states[index].dueNanoseconds = try unit.serve(nowNanoseconds: clock.nowNanoseconds)
            states[index].retryNanoseconds = BoardTiming.firstRetry
        } catch {
            unit.lose()
            states[index].isOpen = false
            states[index].fault = error
            let wait = states[index].retryNanoseconds
            states[index].dueNanoseconds = clock.nowNanoseconds + wait
            states[index].retryNanoseconds = min(2 * wait, BoardTiming.lastRetry)
        }
    }

    private func report() {
        for index in units.indices {
            guard let fault = states[index].fault else { continue }
            monitor.set(.faulted(unit: units[index].name, fault))
            return
        }
        monitor.set(units.allSatisfy(\.isReady) ? .running : .opening)
    }

    /// Every unit gets its turn. Outputs that refuse, and those that are not open, whose level nobody
    /// knows, are tried again until the time is up. Those whose device has to start first get its time.
    private mutating func shutDown() -> Bool {
        let settle = units.filter { $0.hasOutputs && !$0.isReady }.map(\.settleNanoseconds).max()
        let limit = clock.nowNanoseconds + BoardTiming.endLimit + (settle ?? 0)
        var left = Array(units.indices)
        while true {
            left.removeAll { isSafe($0) }
            guard !left.isEmpty, clock.nowNanoseconds < limit else { return left.isEmpty }
            clock.sleep(untilNanoseconds: clock.nowNanoseconds + BoardTiming.endStep)
        }
    }

    private mutating func isSafe(_ index: Int) -> Bool {
        let unit = units[index]
        if !states[index].isOpen {
            guard unit.hasOutputs else { return true }
            do throws(BoardFault) {
                try unit.open(nowNanoseconds: clock.nowNanoseconds)
                states[index].isOpen = true
            } catch {
                unit.lose()
                return false
            }
        }
        return unit.close()
    }
}
