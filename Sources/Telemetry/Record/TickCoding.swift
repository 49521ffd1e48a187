package import Control
internal import FixedPoint
internal import RecordSchema
internal import SwiftProtobuf

/// Between the record of a tick and its protobuf message. Every field, bit for bit.
package enum TickCoding {
    /// The message holds a value that no record of a tick has: not written by this program.
    package struct Malformed: Error {}

    /// nil only when the message cannot be serialised, which its few hundred bytes rule out.
    package static func encode(_ record: TickRecord) -> [UInt8]? {
        try? message(of: record).serializedBytes()
    }

    package static func encode(_ note: RecordNote) -> [UInt8]? {
        var message = WireNote()
        message.timeNs = note.timeNanoseconds
        message.text = note.text
        return try? message.serializedBytes()
    }

    package static func decodeTick(_ bytes: [UInt8]) throws(Malformed) -> TickRecord {
        guard let message = try? WireTick(serializedBytes: bytes) else { throw Malformed() }
        return try record(of: message)
    }

    package static func decodeNote(_ bytes: [UInt8]) throws(Malformed) -> RecordNote {
        guard let message = try? WireNote(serializedBytes: bytes) else { throw Malformed() }
        return RecordNote(timeNanoseconds: message.timeNs, text: message.text)
    }

    private static func message(of record: TickRecord) -> WireTick {
        var message = WireTick()
        message.tick = record.tick
        message.timeNs = record.timeNanoseconds
        message.readingTimeNs = record.readingTimeNanoseconds
        message.reading = value(record.reading)
        message.target = value(record.target)
        message.missedPeriods = record.missedPeriods
        message.readFault = WireSensorFault(rawValue: Int(record.readFault)) ?? .none
        message.actuatorFault = WireActuatorFault(rawValue: Int(record.actuatorFault)) ?? .none
        message.loop = UInt32(record.loop)
        message.requestedState = WireState(rawValue: Int(record.requestedState)) ?? .safe
        message.drills = UInt32(record.drills)
        message.isManual = UInt32(record.isManual)
        message.manual = value(record.manual)
        if record.experiment != Experiment() {
            message.experiment = self.message(of: record.experiment)
        }
        message.checkReadingTimeNs = record.checkReadingTimeNanoseconds
        message.checkReading = value(record.checkReading)
        message.checkFault = WireSensorFault(rawValue: Int(record.checkFault)) ?? .none
        message.interlocksOpen = UInt32(record.interlocksOpen)
        message.interlocksLost = UInt32(record.interlocksLost)
        message.sensorFault = WireSensorFault(rawValue: Int(record.sensorFault)) ?? .none
        message.state = WireState(rawValue: Int(record.state)) ?? .safe
        message.cause = WireCause(rawValue: Int(record.cause)) ?? .nominal
        message.latched = UInt32(record.latched)
        message.estimateAgeTicks = record.estimateAgeTicks
        message.estimate = value(record.estimate)
        message.setpoint = value(record.setpoint)
        message.pidCommand = value(record.pidCommand)
        message.learnedCommand = value(record.learnedCommand)
        message.applied = value(record.applied)
        message.output = value(record.output)
        message.integrator = value(record.integrator)
        message.inputGate = Double(record.inputGate) / gateScale
        message.forgetGate = Double(record.forgetGate) / gateScale
        message.outputGate = Double(record.outputGate) / gateScale
        message.saturations = UInt32(record.saturations)
        message.source = WireCommandSource(rawValue: Int(record.source)) ?? .law
        message.experimentEnd = WireExperimentEnd(rawValue: Int(record.experimentEnd)) ?? .none
        message.latenessNs = record.latenessNanoseconds
        message.stepNs = record.stepNanoseconds
        message.outer = WireOuterState(rawValue: Int(record.outer)) ?? .none
        message.isTracking = UInt32(record.isTracking)
        message.tracking = value(record.tracking)
        message.limited = UInt32(record.limited)
        message.feedReadingTimeNs = record.feedReadingTimeNanoseconds
        message.feedReading = value(record.feedReading)
        message.feedFault = WireSensorFault(rawValue: Int(record.feedFault)) ?? .none
        message.feedForward = value(record.feedForward)
        message.feedForwardState =
            WireFeedForwardState(rawValue: Int(record.feedForwardState)) ?? .off
        return message
    }

    private static func record(of message: WireTick) throws(Malformed) -> TickRecord {
        var record = TickRecord()
        record.tick = message.tick
        record.timeNanoseconds = message.timeNs
        record.readingTimeNanoseconds = message.readingTimeNs
        record.reading = try engineering(message.reading)
        record.target = try engineering(message.target)
        record.missedPeriods = message.missedPeriods
        record.readFault = try integer(message.readFault.rawValue)
        record.actuatorFault = try integer(message.actuatorFault.rawValue)
        record.loop = try integer(message.loop)
        record.requestedState = try integer(message.requestedState.rawValue)
        record.drills = try integer(message.drills)
        record.isManual = try integer(message.isManual)
        record.manual = try engineering(message.manual)
        if message.hasExperiment { record.experiment = try experiment(of: message.experiment) }
        record.checkReadingTimeNanoseconds = message.checkReadingTimeNs
        record.checkReading = try engineering(message.checkReading)
        record.checkFault = try integer(message.checkFault.rawValue)
        record.interlocksOpen = try integer(message.interlocksOpen)
        record.interlocksLost = try integer(message.interlocksLost)
        record.sensorFault = try integer(message.sensorFault.rawValue)
        record.state = try integer(message.state.rawValue)
        record.cause = try integer(message.cause.rawValue)
        record.latched = try integer(message.latched)
        record.estimateAgeTicks = message.estimateAgeTicks
        record.estimate = try engineering(message.estimate)
        record.setpoint = try engineering(message.setpoint)
        record.pidCommand = try normalised(message.pidCommand)
        record.learnedCommand = try normalised(message.learnedCommand)
        record.applied = try normalised(message.applied)
        record.output = try engineering(message.output)
        record.integrator = try normalised(message.integrator)
        record.inputGate = try scaled(message.inputGate, by: gateScale)
        record.forgetGate = try scaled(message.forgetGate, by: gateScale)
        record.outputGate = try scaled(message.outputGate, by: gateScale)
        record.saturations = try integer(message.saturations)
        record.source = try integer(message.source.rawValue)
        record.experimentEnd = try integer(message.experimentEnd.rawValue)
        record.latenessNanoseconds = message.latenessNs
        record.stepNanoseconds = message.stepNs
        try addCascade(of: message, to: &record)
        return record
    }

    private static func addCascade(
        of message: WireTick, to record: inout TickRecord
    ) throws(Malformed) {
        record.outer = try integer(message.outer.rawValue)
        record.isTracking = try integer(message.isTracking)
        record.tracking = try engineering(message.tracking)
        record.limited = try integer(message.limited)
        record.feedReadingTimeNanoseconds = message.feedReadingTimeNs
        record.feedReading = try engineering(message.feedReading)
        record.feedFault = try integer(message.feedFault.rawValue)
        record.feedForward = try normalised(message.feedForward)
        record.feedForwardState = try integer(message.feedForwardState.rawValue)
    }

    private static func message(of experiment: Experiment) -> WireExperiment {
        var message = WireExperiment()
        message.kind = WireExperimentKind(rawValue: Int(experiment.rawKind)) ?? .none
        message.number = experiment.number
        message.amplitude = value(experiment.amplitude)
        message.hysteresis = value(experiment.hysteresis)
        message.settleTicks = experiment.settleTicks
        message.limitTicks = experiment.limitTicks
        message.switches = UInt32(experiment.switches)
        message.low = value(experiment.low)
        message.high = value(experiment.high)
        message.slope = value(experiment.slope)
        message.slopeTicks = experiment.slopeTicks
        return message
    }

    private static func experiment(of message: WireExperiment) throws(Malformed) -> Experiment {
        var experiment = Experiment()
        experiment.rawKind = try integer(message.kind.rawValue)
        experiment.number = message.number
        experiment.amplitude = try engineering(message.amplitude)
        experiment.hysteresis = try engineering(message.hysteresis)
        experiment.settleTicks = message.settleTicks
        experiment.limitTicks = message.limitTicks
        experiment.switches = try integer(message.switches)
        experiment.low = try engineering(message.low)
        experiment.high = try engineering(message.high)
        experiment.slope = try engineering(message.slope)
        experiment.slopeTicks = message.slopeTicks
        return experiment
    }

    // MARK: Values. Scaling by a power of two is exact in both directions.

    static let gateScale = 32_768.0
    private static let engineeringScale = 65_536.0
    private static let normalisedScale = 268_435_456.0

    static func value(_ number: Q16_16) -> Double {
        Double(number.bits) / engineeringScale
    }

    static func value(_ number: Q3_28) -> Double {
        Double(number.bits) / normalisedScale
    }

    private static func engineering(_ value: Double) throws(Malformed) -> Q16_16 {
        Q16_16(bits: try scaled(value, by: engineeringScale))
    }

    private static func normalised(_ value: Double) throws(Malformed) -> Q3_28 {
        Q3_28(bits: try scaled(value, by: normalisedScale))
    }

    private static func scaled<T: FixedWidthInteger>(
        _ value: Double, by scale: Double
    ) throws(Malformed) -> T {
        guard let bits = T(exactly: value * scale) else { throw Malformed() }
        return bits
    }

    private static func integer<T: FixedWidthInteger>(
        _ value: some BinaryInteger
    ) throws(Malformed) -> T {
        guard let exact = T(exactly: value) else { throw Malformed() }
        return exact
    }
}
