import Control
import Realtime

/// The acquisition thread's ends of all mailboxes of a TCLab.
package struct TCLabChannels: ~Copyable, Sendable {
    var t1: MailboxWriter<DeviceSensor.Report>
    var t2: MailboxWriter<DeviceSensor.Report>
    var q1: DeviceOutput
    var q2: DeviceOutput

    mutating func publish(
        t1 first: Result<Reading, SensorFault>, t2 second: Result<Reading, SensorFault>
    ) {
        t1.write(Self.report(first))
        t2.write(Self.report(second))
    }

    mutating func publish(_ fault: SensorFault) {
        publish(t1: .failure(fault), t2: .failure(fault))
    }

    /// There is no board: no temperature, and no heater that a command would reach.
    mutating func lose() {
        publish(.disconnected)
        q1.lose()
        q2.lose()
    }

    private static func report(_ result: Result<Reading, SensorFault>) -> DeviceSensor.Report {
        switch result {
        case .success(let reading): .reading(reading)
        case .failure(let fault): .fault(fault)
        }
    }
}
