import Control
package import FixedPoint
import Realtime

/// An actuator of a board: the tick's end until it is taken, and the thread's end.
///
/// Belongs to the thread that composes the board, then to the board's.
package final class OutputChannel {
    package let name: String
    private let low: Q16_16
    private let high: Q16_16
    private let safeLevel: Q16_16
    private let maximumAgeNanoseconds: UInt64
    private var actuator: DeviceActuator?
    private var output: DeviceOutput

    /// - Parameters:
    ///   - low: the level that is nothing at all, 0 of the output; in the actuator's unit.
    ///   - high: the level that is everything, 1 of the output.
    package init(
        name: String, low: Q16_16, high: Q16_16, safeLevel: Q16_16, maximumAgeNanoseconds: UInt64
    ) {
        precondition(low < high)
        self.name = name
        self.low = low
        self.high = high
        self.safeLevel = safeLevel
        self.maximumAgeNanoseconds = maximumAgeNanoseconds
        let noAnswer = DeviceActuator.Report(acknowledgedNanoseconds: 0, fault: .unacknowledged)
        let commands = Mailbox(
            initial: DeviceActuator.Command(level: Q16_16(bits: 0), timeNanoseconds: 0))
        let reports = Mailbox(initial: noAnswer)
        actuator = DeviceActuator(
            commands: commands.writer, reports: reports.reader,
            maximumAgeNanoseconds: maximumAgeNanoseconds)
        output = DeviceOutput(
            commands: commands.reader, reports: reports.writer, first: noAnswer)
        output.hold(at: safeLevel)
    }

    /// The actuator of the loop that drives it; once, and before the start. One that is not taken is
    /// held at its safe level.
    package func takeActuator() -> DeviceActuator? {
        guard let actuator = actuator.take() else { return nil }
        output.assign(safeLevel: safeLevel, maximumAgeNanoseconds: maximumAgeNanoseconds)
        return actuator
    }

    /// The safe level, in the actuator's unit.
    package var safe: Double { Self.number(safeLevel) }

    /// The level that was due when it was last asked for, in the actuator's unit.
    private(set) var lastLevel = 0.0

    /// The level that is due, inside the range, in the actuator's unit.
    func dueLevel(nowNanoseconds now: UInt64) -> Double {
        let level = output.level(nowNanoseconds: now).level
        lastLevel = Self.number(min(max(level, low), high))
        return lastLevel
    }

    /// The safe level as a part of the range, 0 ... 1.
    package var safeFraction: Double { fraction(safeLevel) }

    /// The level that is due, as a part of the range, 0 ... 1.
    func due(nowNanoseconds now: UInt64) -> Double {
        fraction(output.level(nowNanoseconds: now).level)
    }

    /// Whether the level that is due is the safe one because the loop is silent.
    var isExpired: Bool { output.isExpired }

    /// The level was taken; or another one was, as the device says.
    func confirm(asSent: Bool = true, nowNanoseconds now: UInt64) {
        output.confirm(asSent: asSent, nowNanoseconds: now)
    }

    /// The device has confirmed nothing.
    func miss() { output.miss() }

    func lose() { output.lose() }

    private static func number(_ level: Q16_16) -> Double { Double(level.bits) / 65_536 }

    private func fraction(_ level: Q16_16) -> Double {
        let part = Double(Int64(level.bits) - Int64(low.bits))
        return min(max(part / Double(Int64(high.bits) - Int64(low.bits)), 0), 1)
    }
}
