import Assembly
import Control
import FixedPoint
import ModelFile

/// A loop with its ports, as the control thread runs it.
///
/// A class, since arrays hold no noncopyable values; made at set-up, then touched by the control
/// thread alone.
final class RunningLoop {
    private let instance: ControllerInstance
    private let plan: SetpointPlan
    private let requested: SupervisorState
    private var sensor: SensorPort
    private var actuator: ActuatorPort

    init(
        instance: ControllerInstance, plan: SetpointPlan, requested: SupervisorState,
        sensor: consuming SensorPort, actuator: consuming ActuatorPort
    ) {
        self.instance = instance
        self.plan = plan
        self.requested = requested
        self.sensor = sensor
        self.actuator = actuator
    }

    /// One tick: reads, decides, drives.
    ///
    /// - Parameters:
    ///   - time: of the tick on the loop's clock.
    ///   - elapsed: since the loop started, for its profile.
    func tick(index: UInt64, time: UInt64, elapsed: UInt64, missed: UInt64) -> TickRecord {
        let context = TickInput(
            tick: index, timeNanoseconds: time, missedPeriods: UInt32(clamping: missed),
            reading: nil, readFault: nil, actuatorFault: nil,
            target: plan.target(at: elapsed), requested: requested)
        return instance.loop.tick(context, sensor: &sensor, actuator: &actuator)
    }

    /// Drives the safe level; the last thing that the control thread does.
    func driveSafe() {
        // A fault here has no one left to act on it: the device's own stop comes next.
        try? actuator.drive(instance.loop.parameters.safeLevel)
    }
}
