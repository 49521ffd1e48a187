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
    private var plan: SetpointPlan
    private var orders: LoopOrders
    private var sensor: DrilledSensor<SensorPort>
    private var actuator: DrilledActuator<ActuatorPort>
    /// How far into its profile the loop began.
    private let profileStart: UInt64
    /// Of the configuration: counted up by each reload.
    private var revision: UInt32 = 0
    private let second: InputPort?
    private let feed: InputPort?
    /// What the loops of the run tell each other; the same for all.
    let links: CascadeLinks
    private let index: Int
    private var schedule: LoopSchedule
    /// A snapshot was asked for and not made yet.
    var isSnapshotWished = false
    private let panel: InterlockPanel
    /// The interlocks that concern this loop, as bits.
    private let interlocks: UInt8
    /// The last tick left the safe state latched.
    private(set) var isLatched = false
    /// It left the safe state that the operator has asked for.
    private(set) var isHeldSafe = false

    /// - Parameters:
    ///   - mode: at the start.
    ///   - profileStart: how far into its profile the loop begins, in nanoseconds.
    init(
        instance: ControllerInstance, plan: SetpointPlan, requested: SupervisorState,
        mode: OperatingMode, profileStart: UInt64, sensor: consuming SensorPort,
        actuator: consuming ActuatorPort, second: InputPort?, feed: InputPort?,
        links: CascadeLinks, schedule: LoopSchedule, panel: InterlockPanel, interlocks: UInt8
    ) {
        self.feed = feed
        self.links = links
        self.schedule = schedule
        index = Int(instance.loop.parameters.index)
        self.second = second
        self.panel = panel
        self.interlocks = interlocks
        self.instance = instance
        self.plan = plan
        self.profileStart = profileStart
        orders = LoopOrders(configured: requested, mode: mode)
        self.sensor = DrilledSensor(
            sensor,
            limits: Self.limits(instance.loop.parameters))
        self.actuator = DrilledActuator(
            actuator, safeLevel: instance.loop.parameters.safeLevel)
    }

    /// Whether the loop has a tick of its own in the program's tick `index`.
    func due(_ index: UInt64) -> LoopSchedule.Due? {
        schedule.due(index)
    }

    /// One tick: reads, decides, drives.
    ///
    /// - Parameters:
    ///   - tick: of the program, in which interlocks are read once.
    ///   - time: of the tick on the loop's clock.
    ///   - elapsed: since the loop started, for its profile.
    func tick(
        _ due: LoopSchedule.Due, of tick: UInt64, time: UInt64, elapsed: UInt64
    ) -> TickRecord {
        var context = TickInput(
            tick: due.index, timeNanoseconds: time,
            missedPeriods: UInt32(clamping: due.missed),
            reading: nil, readFault: nil, actuatorFault: nil,
            target: plan.target(at: profileStart &+ elapsed), requested: .safe)
        panel.read(tick: tick, now: time)
        context.interlocksOpen = panel.open & interlocks
        context.interlocksLost = panel.lost & interlocks
        second?.readCheck(into: &context)
        feed?.readFeed(into: &context)
        orders.fill(&context)
        links.fill(&context, loop: index, isOnItsOwn: orders.isOnItsOwn)
        if orders.drill?.kind == .interlockOpen { context.interlocksOpen = interlocks }
        sensor.drill = orders.drill
        actuator.drill = orders.drill
        let record = instance.loop.tick(context, sensor: &sensor, actuator: &actuator)
        links.take(record, loop: index)
        isLatched = record.latched != 0
        isHeldSafe = record.isHeldSafe
        return record
    }

    /// Takes over another configuration between two ticks; nothing is allocated or freed.
    func take(_ change: Revision.Loop, number: UInt32) {
        instance.revise(change.instance, replacesLaw: change.replacesLaw)
        swap(&plan, &change.plan)
        let limits = Self.limits(instance.loop.parameters)
        sensor.limits = limits
        orders.revise(configured: change.requested, limits: limits)
        revision = number
    }

    private static func limits(_ parameters: LoopParameters) -> ClosedRange<Q16_16> {
        parameters.limitLow...parameters.limitHigh
    }

    /// Takes a request between two ticks.
    func take(_ request: LoopRequest) {
        orders.take(request)
    }

    /// The loop after this tick, for whoever asks.
    func status(_ record: TickRecord) -> LoopStatus {
        LoopStatus(record, orders)
    }

    /// The loop after this tick, for a checkpoint.
    func snapshot(_ record: TickRecord, elapsed: UInt64) -> LoopSnapshot {
        LoopSnapshot(
            record, revision: revision, elapsedNanoseconds: profileStart &+ elapsed,
            memory: instance.loop.memory)
    }

    /// Drives the safe level; the last thing that the control thread does.
    func driveSafe() {
        // A fault here has no one left to act on it: the device's own stop comes next.
        try? actuator.drive(instance.loop.parameters.safeLevel)
    }
}
