package import Control
import Realtime

/// A sensor of a device on the tick: takes what the device's thread left last.
package struct DeviceSensor: ~Copyable, Sensor, Sendable {
    /// What the device's thread leaves: the fault replaces the reading.
    package struct Report: BitwiseCopyable, Sendable {
        package var reading: Reading
        package var fault: SensorFault?
    }

    private var reports: MailboxReader<Report>

    init(reports: consuming MailboxReader<Report>) { self.reports = reports }

    /// The reading of the last cycle, or why there is none.
    package mutating func read() throws(SensorFault) -> Reading {
        let report = reports.read()
        if let fault = report.fault { throw fault }
        return report.reading
    }
}
