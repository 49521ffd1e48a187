import Configuration
import Control
import ControlSocket
import FixedPoint
import ModelFile

extension LoopReportedStatus {
    /// A loop's status in the words and units of its configuration.
    init(
        _ status: LoopStatus, _ settings: Settings, loop index: Int, _ timing: RunTiming?
    ) {
        let record = status.record
        let loop = settings.loops[index]
        let actuator = settings.output(ofLoop: index)
        func output(_ fraction: Q3_28) -> Double {
            actuator.low + (actuator.high - actuator.low) * min(1, max(0, fraction.doubleValue))
        }
        self.init(
            name: loop.name, mode: status.mode.name,
            state: SupervisorState(rawValue: record.state).map { "\($0)" } ?? "",
            cause: SupervisorCause(rawValue: record.cause).map { "\($0)" } ?? "",
            isLatched: record.latched != 0,
            source: CommandSource(rawValue: record.source).map { "\($0)" } ?? "",
            tick: record.tick, unit: settings.sensors[loop.sensor.index].unit.symbol,
            outputUnit: actuator.unit.symbol, setpoint: record.setpoint.doubleValue,
            target: record.target.doubleValue, isOperatorTarget: status.isOperatorTarget,
            estimate: record.estimate.doubleValue, estimateAgeTicks: record.estimateAgeTicks,
            sensorFault: SensorFault(rawValue: record.sensorFault).map { "\($0)" } ?? "none",
            actuatorFault: ActuatorFault(rawValue: record.actuatorFault).map { "\($0)" } ?? "none",
            output: record.output.doubleValue, pidOutput: output(record.pidCommand),
            latenessSeconds: Double(record.latenessNanoseconds) * 1e-9)
        if loop.learned != nil { learnedOutput = output(record.learnedCommand) }
        if record.experiment.rawKind != 0 {
            experiment = record.experiment.number
            experimentEnd = ExperimentEnd(rawValue: record.experimentEnd).map { "\($0)" }
        }
        if loop.feedForward != nil {
            feedForward = (actuator.high - actuator.low) * record.feedForward.doubleValue
            feedForwardState = FeedForwardState(rawValue: record.feedForwardState).map { "\($0)" }
        }
        injected = status.drill?.kind.rawValue
        reason = CauseText.text(record, settings)
        step = timing?.steps[index].summary
        stepBuckets = timing?.steps[index].buckets
        let refusing = record.interlocksOpen | record.interlocksLost
        if refusing != 0 { interlocks = CauseText.names(refusing, settings) }
    }
}
