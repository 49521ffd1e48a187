import Control
package import FixedPoint
package import Realtime

/// A TCLab: two heaters and two temperatures behind a serial line, asked by a thread of its own.
///
/// Composed before it is started: settings, then the sensors and actuators of the loops, then
/// `start`. From then on the board gets a level for each heater in every cycle; a heater without an
/// actuator gets the level that it is to be held at, or 0 %. `stop`, and letting go of the device,
/// turn the heaters off first.
///
/// The board has no timeout of its own: while it is deaf, or after the process was killed, its
/// heaters keep their level until the port is opened again. `TCLabSafe` does that.
package struct TCLabDevice: ~Copyable {
    package let settings: TCLabSettings
    /// Status and counters, for any thread.
    package let monitor = TCLabMonitor()

    private let stopFlag = StopFlag()
    private var t1: MailboxReader<DeviceSensor.Report>?
    private var t2: MailboxReader<DeviceSensor.Report>?
    private var q1: HeaterEnds?
    private var q2: HeaterEnds?
    private var channels: TCLabChannels?
    private var thread: RealtimeThread?

    /// The tick's ends of a heater.
    private struct HeaterEnds: ~Copyable {
        var commands: MailboxWriter<DeviceActuator.Command>
        var reports: MailboxReader<DeviceActuator.Report>
    }

    /// Allocates the mailboxes; opens nothing.
    package init(_ settings: TCLabSettings) {
        self.settings = settings
        let noReading = DeviceSensor.Report.fault(.stale)
        let noAnswer = DeviceActuator.Report(acknowledgedNanoseconds: 0, fault: .unacknowledged)
        let noCommand = DeviceActuator.Command(level: Q16_16(bits: 0), timeNanoseconds: 0)
        let first = Mailbox(initial: noReading)
        let second = Mailbox(initial: noReading)
        let firstCommands = Mailbox(initial: noCommand)
        let firstReports = Mailbox(initial: noAnswer)
        let secondCommands = Mailbox(initial: noCommand)
        let secondReports = Mailbox(initial: noAnswer)
        channels = TCLabChannels(
            t1: first.writer, t2: second.writer,
            q1: DeviceOutput(
                commands: firstCommands.reader, reports: firstReports.writer,
                first: noAnswer),
            q2: DeviceOutput(
                commands: secondCommands.reader, reports: secondReports.writer,
                first: noAnswer))
        t1 = .some(first.reader)
        t2 = .some(second.reader)
        q1 = HeaterEnds(commands: firstCommands.writer, reports: firstReports.reader)
        q2 = HeaterEnds(commands: secondCommands.writer, reports: secondReports.reader)
    }

    deinit {
        // The thread ends itself with the heaters off; it is joined when its owner is gone.
        stopFlag.raise()
    }

    /// The sensor of a temperature; each is given out once.
    package mutating func sensor(
        _ temperature: TCLabTemperature
    ) throws(TCLabSettingsFault) -> DeviceSensor {
        let reports: MailboxReader<DeviceSensor.Report>?
        switch temperature {
        case .t1: reports = t1.take()
        case .t2: reports = t2.take()
        }
        guard let reports else { throw .channelTaken(temperature.rawValue) }
        return DeviceSensor(reports: reports)
    }

    /// The actuator of a heater; each is given out once, and before the start.
    ///
    /// - Parameter safeLevel: in percent; sent before the first command, and when the last one is
    ///   older than the maximum age.
    package mutating func actuator(
        _ heater: TCLabHeater, safeLevel: Q16_16, maximumAgeNanoseconds: UInt64
    ) throws(TCLabSettingsFault) -> DeviceActuator {
        guard TCLabReply.levelRange.contains(safeLevel) else { throw .safeLevelOutOfRange }
        let needed = 2 * settings.cycleNanoseconds
        guard maximumAgeNanoseconds >= needed else {
            throw .maximumAgeTooShort(
                foundNanoseconds: maximumAgeNanoseconds, neededNanoseconds: needed)
        }
        guard channels != nil else { throw .channelTaken(heater.rawValue) }
        let ends: HeaterEnds?
        switch heater {
        case .q1: ends = q1.take()
        case .q2: ends = q2.take()
        }
        guard let ends else { throw .channelTaken(heater.rawValue) }
        switch heater {
        case .q1:
            channels?.q1.assign(
                safeLevel: safeLevel, maximumAgeNanoseconds: maximumAgeNanoseconds)
        case .q2:
            channels?.q2.assign(
                safeLevel: safeLevel, maximumAgeNanoseconds: maximumAgeNanoseconds)
        }
        return DeviceActuator(
            commands: ends.commands, reports: ends.reports,
            maximumAgeNanoseconds: maximumAgeNanoseconds)
    }

    /// Holds a heater that no actuator drives at a level in percent; before the start.
    package mutating func hold(_ heater: TCLabHeater, at level: Q16_16) throws(TCLabSettingsFault) {
        guard TCLabReply.levelRange.contains(level) else { throw .safeLevelOutOfRange }
        guard channels != nil else { throw .channelTaken(heater.rawValue) }
        switch heater {
        case .q1:
            guard q1.take() != nil else { throw .channelTaken(heater.rawValue) }
            channels?.q1.hold(at: level)
        case .q2:
            guard q2.take() != nil else { throw .channelTaken(heater.rawValue) }
            channels?.q2.hold(at: level)
        }
    }

    /// Starts the thread and returns at once; whether a board is there shows in its status.
    ///
    /// Only the first call does anything: a device that was stopped stays so.
    package mutating func start() throws(ThreadFault) {
        guard let acquisition = acquisition(stop: stopFlag, calls: SystemTerminalCalls()) else {
            return
        }
        thread = try Self.launch(acquisition)
    }

    /// What the thread runs, on calls of the caller's choice; given out once.
    package mutating func acquisition<Calls: TerminalCalls>(
        stop: StopFlag, calls: Calls
    ) -> TCLabAcquisition<Calls>? {
        guard let channels = channels.take() else { return nil }
        return TCLabAcquisition(
            settings: settings, channels: channels, monitor: monitor, stop: stop, calls: calls)
    }

    /// Asks the thread to turn the heaters off, to close the line and to end; returns at once.
    package func requestStop() { stopFlag.raise() }

    /// Whether the thread has ended, or never was, at a time until which this waits.
    package func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    /// Turns the heaters off, closes the line and ends the thread; whether the board confirmed that
    /// its heaters are off.
    ///
    /// Returns within `TCLabTiming.endLimit` and a request that the line does not take, unless the
    /// kernel holds the thread in a call.
    @discardableResult
    package mutating func stop() -> Bool {
        requestStop()
        if let thread = thread.take() { thread.join() }
        return monitor.status == .stopped(confirmed: true)
    }

    private static func launch(
        _ acquisition: consuming TCLabAcquisition<SystemTerminalCalls>
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(
            ThreadPolicy(name: "tclab", priority: 0, stackBytes: 262_144, locksMemory: false),
            context: acquisition
        ) { acquisition in
            var acquisition = acquisition
            acquisition.run()
        }
    }
}
