package import Control
import Realtime

/// A sensor of a device on the tick: takes what the device's thread left last.
package struct DeviceSensor: ~Copyable, Sensor, Sendable {
    /// What the device's thread leaves: a reading, or why there is none.
    package enum Report: BitwiseCopyable, Sendable {
        case reading(Reading)
        case fault(SensorFault)
    }

    private var reports: MailboxReader<Report>

    init(reports: consuming MailboxReader<Report>) { self.reports = reports }

    /// The reading of the last cycle, or why there is none.
    package mutating func read() throws(SensorFault) -> Reading {
        switch reports.read() {
        case .reading(let reading): return reading
        case .fault(let fault): throw fault
        }
    }
}
