import Control
import Devices
import FixedPoint
import Synchronization
import Testing

/// The tick's end of an output in percent, whose safe level is 0 % unless it says otherwise.
final class DrivenOutput {
    static let maximumAgeNanoseconds: UInt64 = 500_000_000

    let channel: OutputChannel
    private var actuator: DeviceActuator?

    init(_ name: String = "out", safePercent: Int32 = 0) {
        channel = OutputChannel(
            name: name, low: Q16_16(bits: 0), high: Q16_16(bits: 100 << 16),
            safeLevel: Q16_16(bits: safePercent << 16),
            maximumAgeNanoseconds: Self.maximumAgeNanoseconds)
        actuator = channel.takeActuator()
    }

    /// What the tick hears.
    @discardableResult
    func drive(percent: Int32, at now: UInt64) -> ActuatorFault? {
        do throws(ActuatorFault) {
            try actuator?.drive(Q16_16(bits: percent << 16), nowNanoseconds: now)
            return nil
        } catch {
            return error
        }
    }
}

/// The tick's end of an input.
final class ReadInput {
    let channel: InputChannel
    private var sensor: DeviceSensor?

    init(_ name: String = "in", scale: Double = 1, offset: Double = 0) {
        channel = InputChannel(name: name, scale: scale, offset: offset)
        sensor = channel.takeSensor()
    }

    /// What the tick reads, as a number.
    var value: Double? {
        get throws(SensorFault) { (try sensor?.read()).map { Double($0.value.bits) / 65_536 } }
    }

    var reading: Result<Double?, SensorFault> {
        do throws(SensorFault) { return .success(try value) } catch { return .failure(error) }
    }

    var timeNanoseconds: UInt64? { (try? sensor?.read())?.timeNanoseconds }
}

/// The fault that a body throws; `nil` when it throws none.
func boardFault(_ body: () throws(BoardFault) -> Void) -> BoardFault? {
    do throws(BoardFault) {
        try body()
        return nil
    } catch {
        return error
    }
}

extension DeviceActuator {
    /// A first command, which nobody has acknowledged yet.
    mutating func driveAnyway(_ level: Q16_16, _ now: UInt64) throws {
        do throws(ActuatorFault) {
            try drive(level, nowNanoseconds: now)
        } catch {
            guard error == .unacknowledged else { throw error }
        }
    }
}
