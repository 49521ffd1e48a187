package import Control
package import FixedPoint
import Realtime

/// An actuator of a device on the tick: leaves a command for the device's thread.
package struct DeviceActuator: ~Copyable, Actuator, Sendable {
    /// A level in the actuator's unit and when it was commanded; 0 for "never".
    package struct Command: BitwiseCopyable, Sendable {
        package var level: Q16_16
        package var timeNanoseconds: UInt64
    }

    /// What the device's thread leaves: what is wrong, and when a level was last confirmed.
    package struct Report: BitwiseCopyable, Sendable {
        package var acknowledgedNanoseconds: UInt64
        package var fault: ActuatorFault?
    }

    private var commands: MailboxWriter<Command>
    private var reports: MailboxReader<Report>
    private let maximumAgeNanoseconds: UInt64

    init(
        commands: consuming MailboxWriter<Command>, reports: consuming MailboxReader<Report>,
        maximumAgeNanoseconds: UInt64
    ) {
        self.commands = commands
        self.reports = reports
        self.maximumAgeNanoseconds = maximumAgeNanoseconds
    }

    /// Takes a level; it is sent in the next cycle, and in each one until the next.
    package mutating func drive(_ output: Q16_16) throws(ActuatorFault) {
        try drive(output, nowNanoseconds: MonotonicClock.nowNanoseconds)
    }

    package mutating func drive(
        _ output: Q16_16, nowNanoseconds: UInt64
    ) throws(ActuatorFault) {
        commands.write(Command(level: output, timeNanoseconds: nowNanoseconds))
        let report = reports.read()
        if let fault = report.fault { throw fault }
        let age =
            nowNanoseconds > report.acknowledgedNanoseconds
            ? nowNanoseconds - report.acknowledgedNanoseconds : 0
        if age > maximumAgeNanoseconds { throw .unacknowledged }
    }
}
