package import Configuration
package import Control
import FixedPoint
import ModelFile

/// What a cause of the safe state means for a loop: the rule with its figures, in the units of the
/// configuration.
package enum CauseText {
    /// `nil` for causes whose name says all, and in other states.
    package static func text(_ record: TickRecord, _ settings: Settings) -> String? {
        let index = Int(record.loop)
        guard record.state == SupervisorState.safe.rawValue, index < settings.loops.count,
            let cause = SupervisorCause(rawValue: record.cause)
        else { return nil }
        let loop = settings.loops[index]
        let sensor = settings.sensors[loop.sensor.index]
        let unit = sensor.unit.symbol
        let outputUnit = settings.output(ofLoop: index).unit.symbol
        switch cause {
        case .sensorStuck:
            return loop.guards.stuck.map {
                "\(sensor.name) has not moved by \(number($0.resolution)) \(unit) for "
                    + "\(number($0.seconds)) s, though it should have"
            }
        case .unresponsive:
            return loop.guards.unresponsive.map {
                "\(sensor.name) moved less than \(number($0.change)) \(unit) within "
                    + "\(number($0.seconds)) s at \(number($0.command)) \(outputUnit) or more"
            }
        case .uncommanded:
            return loop.guards.uncommanded.map {
                "\(sensor.name) moved more than \(number($0.change)) \(unit) within "
                    + "\(number($0.seconds)) s at \(number($0.command)) \(outputUnit) or less: "
                    + "the output may be on"
            }
        case .sensorDisagreement:
            return loop.guards.redundant.map { redundant in
                let other = settings.sensors[redundant.sensor.index].name
                let says =
                    SensorFault(rawValue: record.checkFault).map { "is \($0)" }
                    ?? "says \(number(record.checkReading.doubleValue)) \(unit)"
                return "\(other) \(says), \(sensor.name) \(number(record.estimate.doubleValue)) "
                    + "\(unit), for \(number(redundant.seconds)) s; allowed are "
                    + "\(number(redundant.disagreement)) \(unit)"
            }
        case .interlockOpen, .interlockLost:
            let bits = cause == .interlockOpen ? record.interlocksOpen : record.interlocksLost
            let names = self.names(bits, settings)
            guard !names.isEmpty else { return "it permits again" }
            let says = cause == .interlockOpen ? "open" : "not read, or too old"
            return names.joined(separator: ", ") + ": " + says
        case .outerSafe:
            guard let outer = settings.outer(ofLoop: index) else { return nil }
            let name = settings.loops[outer].name
            guard record.outer == OuterState.lost.rawValue,
                let cascade = settings.loops[outer].cascade
            else { return "loop \(name), which commands the setpoint, is safe" }
            return "loop \(name), which commands the setpoint, has had no measurement for more "
                + "than \(number(Double(cascade.lostMilliseconds) / 1_000)) s"
        default: return nil
        }
    }

    /// The interlocks whose bits are set.
    package static func names(_ bits: UInt8, _ settings: Settings) -> [String] {
        settings.interlocks.indices.filter { bits & 1 << UInt8($0) != 0 }
            .map { settings.interlocks[$0].name }
    }

    private static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
