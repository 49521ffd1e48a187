import Control
import FixedPoint
import Realtime

/// A sensor of a board: the tick's end until it is taken, and the thread's end.
///
/// Belongs to the thread that composes the board, then to the board's.
package final class InputChannel {
    package let name: String
    private let scale: Double
    private let offset: Double
    private var sensor: DeviceSensor?
    private var reports: MailboxWriter<DeviceSensor.Report>

    /// A reading is what was measured times `scale`, plus `offset`, in the sensor's unit.
    package init(name: String, scale: Double = 1, offset: Double = 0) {
        self.name = name
        self.scale = scale
        self.offset = offset
        let mailbox = Mailbox(initial: DeviceSensor.Report.fault(.stale))
        sensor = DeviceSensor(reports: mailbox.reader)
        reports = mailbox.writer
    }

    /// The sensor of the loop that reads it, once.
    package func takeSensor() -> DeviceSensor? { sensor.take() }

    /// Rounds to the nearest 1/65536; what no reading can hold is out of range.
    func publish(_ measured: Double, timeNanoseconds: UInt64) {
        let bits = ((measured * scale + offset) * 65_536).rounded()
        guard bits.magnitude <= 2_147_483_647 else {
            publish(.outOfRange)
            return
        }
        let reading = Reading(
            value: Q16_16(bits: Int32(bits)), timeNanoseconds: timeNanoseconds)
        reports.write(.reading(reading))
    }

    func publish(_ fault: SensorFault) {
        reports.write(.fault(fault))
    }
}
