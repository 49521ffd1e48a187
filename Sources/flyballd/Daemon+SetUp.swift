import Assembly
import Configuration
import Control
import Devices
import FoundationEssentials
import Glibc
import ModelFile
import Realtime
import Service
import Simulation
import Telemetry

/// The parts of a run, made of its configuration.
extension Daemon {
    /// Leaves word for `flyball safe` of what is driven from now on: the file may be edited, or broken,
    /// while the daemon runs.
    static func keep(_ settings: Settings) {
        guard let directory = Log.environment("STATE_DIRECTORY") else { return }
        if let reason = LastStart.write(settings, directory: directory) {
            Log.write(
                .warning, "\(directory): the outputs could not be written down: \(reason)")
        }
    }

    static func notifier(periodNanoseconds: UInt64) -> ServiceNotifier {
        ServiceNotifier(
            socketPath: Log.environment("NOTIFY_SOCKET"),
            watchdog: Log.environment("WATCHDOG_USEC"),
            periodNanoseconds: periodNanoseconds)
    }

    static func desk(
        _ settings: Settings, _ controllers: Controllers, _ realPeriod: UInt64,
        _ reloads: ReloadOrders
    ) -> OperatorDesk {
        OperatorDesk(
            settings, models: controllers.models, realPeriodSeconds: Double(realPeriod) * 1e-9,
            processID: getpid(), reloads: reloads)
    }

    static func launch(
        _ follower: consuming Follower, _ ticks: consuming SampleRingConsumer<TickRecord>,
        _ notices: consuming SampleRingConsumer<RevisionNotice>, _ running: RunningConfiguration,
        _ stop: StopFlag, _ outcome: ControlOutcome, _ board: TimingBoard?
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(
            ThreadPolicy(name: "record", priority: 0, stackBytes: 524_288, locksMemory: false),
            context: FollowerThread(
                follower: follower, ticks: ticks, notices: notices, running: running, stop: stop,
                outcome: outcome, board: board)
        ) { context in
            var context = context
            context.run()
        }
    }

    /// - Parameter followerStop: of the thread whose owner waits for it on the way out, when this one
    ///   does not start.
    static func launch(
        _ context: consuming ControlThread, _ policy: ThreadPolicy,
        orRaising followerStop: StopFlag
    ) throws(ThreadFault) -> RealtimeThread {
        do throws(ThreadFault) {
            return try RealtimeThread(policy, context: context) { context in
                var context = context
                context.run()
            }
        } catch {
            followerStop.raise()
            throw error
        }
    }

    /// Says what a configuration lets pass, at every start and reload.
    static func warn(_ settings: Settings, _ controllers: Controllers) {
        for warning in controllers.warnings { Log.write(.warning, warning, .lawUncertified) }
        for warning in SlowInterlocks.warnings(settings) {
            Log.write(.warning, warning, .interlockSlow)
        }
    }

    static func tickLimit(_ options: Options, _ settings: Settings) -> UInt64 {
        guard let seconds = options.durationSeconds else { return .max }
        return UInt64(max(1, (seconds * 1e3 / Double(settings.periodMilliseconds)).rounded()))
    }

    // MARK: Set-up

    /// The plant of a configuration whose devices are simulated; `nil` when none is.
    static func simulatedPlant(_ settings: Settings) throws -> SimulatedPlant? {
        guard settings.devices.contains(where: { $0.driver == .simulated }) else { return nil }
        return try SimulatedRun.plant(settings, seed: nil)
    }

    static func runningLoops(
        _ settings: Settings, _ controllers: Controllers, _ plant: SimulatedPlant?,
        _ hardware: Hardware, _ resumption: Resumption
    ) throws(HardwareFault) -> [RunningLoop] {
        let panel = InterlockPanel(
            settings, ports: try interlockPorts(settings, hardware, isSimulated: plant != nil))
        let links = CascadeLinks(settings)
        var loops: [RunningLoop] = []
        for (index, loop) in settings.loops.enumerated() {
            let sensor: SensorPort
            let actuator: ActuatorPort
            if let plant {
                sensor = .simulated(SimulatedSensor(plant, index: loop.sensor.index))
            } else {
                sensor = try hardware.sensor(loop.sensor.index)
            }
            if let place = loop.actuator?.index {
                actuator =
                    if let plant {
                        .simulated(SimulatedActuator(plant, index: place))
                    } else {
                        try hardware.actuator(place)
                    }
            } else {
                actuator = .setpoint(SetpointPort())
            }
            loops.append(
                RunningLoop(
                    instance: controllers.instances[index],
                    plan: SetpointPlan(settings, loop: index, withEvents: plant != nil),
                    requested: loop.law == .learned ? .learned : .fallback,
                    mode: resumption.mode(index),
                    profileStart: resumption.elapsedNanoseconds(index), sensor: sensor,
                    actuator: actuator,
                    second: try inputPort(loop.guards.redundant?.sensor, plant, hardware),
                    feed: try inputPort(loop.feedForward?.sensor, plant, hardware),
                    links: links, schedule: LoopSchedule(settings, loop: index), panel: panel,
                    interlocks: settings.interlocks(ofLoop: index)))
        }
        return loops
    }

    private static func inputPort(
        _ sensor: Reference?, _ plant: SimulatedPlant?, _ hardware: Hardware
    ) throws(HardwareFault) -> InputPort? {
        guard let place = sensor?.index else { return nil }
        guard let plant else { return InputPort(try hardware.sensor(place)) }
        return InputPort(.simulated(SimulatedSensor(plant, index: place)))
    }

    private static func interlockPorts(
        _ settings: Settings, _ hardware: Hardware, isSimulated: Bool
    ) throws(HardwareFault) -> [InputPort] {
        var ports: [InputPort] = []
        for index in settings.interlocks.indices where !isSimulated {
            ports.append(InputPort(try hardware.sensor(settings.sensors.count + index)))
        }
        return ports
    }

    /// What the record says of the run; `nil` when nothing is recorded.
    static func description(
        _ settings: Settings, _ controllers: Controllers, _ resumption: Resumption,
        startClock: UInt64
    ) throws -> RunDescription? {
        guard settings.record != nil else { return nil }
        let now = Date().timeIntervalSince1970
        return try RunDescription(
            settings, models: controllers.models,
            runIdentifier: String(UInt64.random(in: 0...UInt64.max), radix: 16),
            startUnixNanoseconds: UInt64(now * 1e9), startClockNanoseconds: startClock,
            resumed: resumption.resumed)
    }

    static func recorder(
        _ settings: Settings, _ description: RunDescription?, speed: Double
    ) -> Recorder? {
        guard let record = settings.record, let description else { return nil }
        var options = RecorderOptions(maxFileBytes: UInt64(record.maxFileMebibytes) << 20)
        // A second of real time is what a kill may lose, whatever the loop's clock.
        options.chunkAgeNanoseconds = UInt64(Double(options.chunkAgeNanoseconds) * speed)
        options.synchronizeNanoseconds = UInt64(Double(options.synchronizeNanoseconds) * speed)
        return Recorder(
            tryingDirectory: settings.resolve(record.directory.value), run: description,
            options: options)
    }
}
