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
    private var orders: LoopOrders
    private var sensor: DrilledSensor<SensorPort>
    private var actuator: DrilledActuator<ActuatorPort>
    private let second: InputPort?
    private let panel: InterlockPanel
    /// The interlocks that concern this loop, as bits.
    private let interlocks: UInt8
    /// The last tick left the safe state latched.
    private(set) var isLatched = false

    init(
        instance: ControllerInstance, plan: SetpointPlan, requested: SupervisorState,
        sensor: consuming SensorPort, actuator: consuming ActuatorPort, second: InputPort?,
        panel: InterlockPanel, interlocks: UInt8
    ) {
        self.second = second
        self.panel = panel
        self.interlocks = interlocks
        self.instance = instance
        self.plan = plan
        orders = LoopOrders(configured: requested)
        self.sensor = DrilledSensor(
            sensor,
            limits: instance.loop.parameters.limitLow...instance.loop.parameters.limitHigh)
        self.actuator = DrilledActuator(
            actuator, safeLevel: instance.loop.parameters.safeLevel)
    }

    /// One tick: reads, decides, drives.
    ///
    /// - Parameters:
    ///   - time: of the tick on the loop's clock.
    ///   - elapsed: since the loop started, for its profile.
    func tick(index: UInt64, time: UInt64, elapsed: UInt64, missed: UInt64) -> TickRecord {
        var context = TickInput(
            tick: index, timeNanoseconds: time, missedPeriods: UInt32(clamping: missed),
            reading: nil, readFault: nil, actuatorFault: nil,
            target: plan.target(at: elapsed), requested: .safe)
        panel.read(tick: index, now: time)
        context.interlocksOpen = panel.open & interlocks
        context.interlocksLost = panel.lost & interlocks
        second?.readCheck(into: &context)
        orders.fill(&context)
        if orders.drill?.kind == .interlockOpen { context.interlocksOpen = interlocks }
        sensor.drill = orders.drill
        actuator.drill = orders.drill
        let record = instance.loop.tick(context, sensor: &sensor, actuator: &actuator)
        isLatched = record.latched != 0
        return record
    }

    /// Takes a request between two ticks.
    func take(_ request: LoopRequest) {
        orders.take(request)
    }

    /// The loop after this tick, for whoever asks.
    func status(_ record: TickRecord) -> LoopStatus {
        LoopStatus(record, orders)
    }

    /// Drives the safe level; the last thing that the control thread does.
    func driveSafe() {
        // A fault here has no one left to act on it: the device's own stop comes next.
        try? actuator.drive(instance.loop.parameters.safeLevel)
    }
}
