import Control
import FixedPoint
import Realtime

/// The device thread's end of an actuator: from the newest command and its age to a level.
struct DeviceOutput: ~Copyable, Sendable {
    /// `false` for an output that no loop drives; it is held at the safe level.
    private var isAssigned = false
    private var safeLevel = Q16_16(bits: 0)
    private var maximumAgeNanoseconds: UInt64 = 0
    private var commands: MailboxReader<DeviceActuator.Command>
    private var reports: MailboxWriter<DeviceActuator.Report>
    private var report: DeviceActuator.Report
    /// Whether the last command has given way to the safe level.
    private(set) var isExpired = false

    init(
        commands: consuming MailboxReader<DeviceActuator.Command>,
        reports: consuming MailboxWriter<DeviceActuator.Report>, first: DeviceActuator.Report
    ) {
        self.commands = commands
        self.reports = reports
        report = first
    }

    mutating func assign(safeLevel: Q16_16, maximumAgeNanoseconds: UInt64) {
        isAssigned = true
        self.safeLevel = safeLevel
        self.maximumAgeNanoseconds = maximumAgeNanoseconds
    }

    /// The level of an output that no loop drives.
    mutating func hold(at level: Q16_16) { safeLevel = level }

    /// The level to send now, and whether the last command has just expired.
    mutating func level(nowNanoseconds now: UInt64) -> (level: Q16_16, hasJustExpired: Bool) {
        guard isAssigned else { return (safeLevel, false) }
        let command = commands.read()
        // Before its first command the loop is not late.
        guard command.timeNanoseconds > 0 else { return (safeLevel, false) }
        let age = now > command.timeNanoseconds ? now - command.timeNanoseconds : 0
        let wasExpired = isExpired
        isExpired = age > maximumAgeNanoseconds
        return (isExpired ? safeLevel : command.level, isExpired && !wasExpired)
    }

    /// The device has confirmed a level: the one sent, or another.
    mutating func confirm(asSent: Bool, nowNanoseconds now: UInt64) {
        report.acknowledgedNanoseconds = now
        report.fault = asSent ? (isExpired ? .expired : nil) : .readBackMismatch
        reports.write(report)
    }

    /// The device has confirmed nothing; how long it has not is for the actuator to judge.
    mutating func miss() {
        if isExpired { report.fault = .expired }
        reports.write(report)
    }

    /// There is no device.
    mutating func lose() {
        report.fault = .disconnected
        reports.write(report)
    }
}
