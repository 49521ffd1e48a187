import Glibc
package import Realtime

/// The units of one board, served by a thread of their own.
///
/// Composed before it is started. `stop`, and letting go of the device, drive the outputs to their
/// safe levels first.
package struct BoardDevice: ~Copyable {
    /// For any thread.
    package let monitor = BoardMonitor()
    /// Of the device, and of its thread, cut to 15 bytes.
    private let name: String
    private let units: [any BoardUnit]
    private let stopFlag = StopFlag()
    private var thread: RealtimeThread?

    /// Opens nothing.
    package init(name: String, units: [any BoardUnit]) {
        self.name = name
        self.units = units
    }

    deinit {
        // The thread ends itself with the outputs safe; it is joined when its owner is gone.
        stopFlag.raise()
    }

    /// How long the slowest device needs after its line was opened.
    package var settleNanoseconds: UInt64 { units.map(\.settleNanoseconds).max() ?? 0 }

    /// Starts the thread and returns at once; what became of it shows in the status.
    package mutating func start() throws(ThreadFault) {
        thread = try Self.launch(
            name,
            BoardThread(
                units: units, monitor: monitor, stop: stopFlag, clock: SystemBoardClock()))
    }

    /// Asks the thread to drive the outputs to their safe levels and to end; returns at once.
    package func requestStop() { stopFlag.raise() }

    /// Whether the thread has ended, or never was, at a time until which this waits.
    package func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    /// Ends the thread; whether every output took its safe level.
    package mutating func stop() -> Bool {
        requestStop()
        guard let thread = thread.take() else { return true }
        thread.join()
        return monitor.status == .stopped(confirmed: true)
    }

    /// Drives every output to its safe level, without a thread and without commands: for
    /// `flyball safe`. What went wrong, unit by unit.
    ///
    /// Tries for `BoardTiming.endLimit`: the user of a line may just be ending, and the files of a PWM
    /// channel get their permissions a while after its export. A device that was reset when its line
    /// was opened is given the time to start.
    package func driveSafe(clock: some BoardClock) -> [(unit: String, fault: BoardFault)] {
        var faults: [(unit: String, fault: BoardFault)] = []
        for unit in units where unit.hasOutputs {
            let limit = clock.nowNanoseconds + BoardTiming.endLimit
            var fault = Self.driveSafe(unit, clock)
            while case .call(_, let errno) = fault, [EBUSY, EACCES, ENOENT].contains(errno),
                clock.nowNanoseconds < limit
            {
                clock.sleep(untilNanoseconds: clock.nowNanoseconds + BoardTiming.endStep)
                fault = Self.driveSafe(unit, clock)
            }
            if let fault { faults.append((unit.name, fault)) }
        }
        return faults
    }

    private static func driveSafe(_ unit: any BoardUnit, _ clock: some BoardClock) -> BoardFault? {
        do throws(BoardFault) {
            try unit.open(nowNanoseconds: clock.nowNanoseconds)
            let limit =
                clock.nowNanoseconds + unit.settleNanoseconds + BoardTiming.endLimit
            while !unit.close() {
                guard clock.nowNanoseconds < limit else { throw .notDriven(unit.name) }
                clock.sleep(untilNanoseconds: clock.nowNanoseconds + BoardTiming.endStep)
            }
            return nil
        } catch {
            unit.lose()
            return error
        }
    }

    private static func launch(
        _ name: String, _ board: consuming BoardThread<SystemBoardClock>
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(
            ThreadPolicy(name: name, priority: 0, stackBytes: 262_144, locksMemory: false),
            context: board
        ) { board in
            var board = board
            board.run()
        }
    }
}
