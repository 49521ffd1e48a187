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

/// Composes a configuration into running threads, and takes them down with the outputs safe.
///
/// Order of set-up: configuration, models and memory, record, devices, real-time thread. Nothing
/// drives an actuator before the last two.
enum Daemon {
    struct Options {
        let path: String
        let isCheck: Bool
        let isLive: Bool
        let durationSeconds: Double?
        let root: String
    }

    static func run(_ options: Options) -> ExitStatus {
        let status = runToTheEnd(options)
        _ = Output.finish(byNanoseconds: MonotonicClock.nowNanoseconds + lastWordsNanoseconds)
        return status
    }

    /// For the reader of what was said before a run that could not begin.
    private static let lastWordsNanoseconds: UInt64 = 200_000_000

    private static func runToTheEnd(_ options: Options) -> ExitStatus {
        var signals = SignalWaiter()
        let settings: Settings
        do throws(ConfigurationError) {
            settings = try Configuration.load(path: options.path)
        } catch {
            Log.write(.error, error.description, .configurationRefused)
            return status(of: error)
        }
        do {
            let controllers = try Controllers(settings)
            for warning in controllers.warnings {
                Log.write(.warning, warning, .lawUncertified)
            }
            let plant = try simulatedPlant(settings)
            guard !options.isCheck else {
                Log.write(.info, "\(options.path): ok")
                return .ended
            }
            return try run(settings, controllers, plant, options, &signals)
        } catch let error as AssemblyError {
            Log.write(.error, error.description, .modelRefused)
            return status(of: error)
        } catch let error as ConfigurationError {
            Log.write(.error, error.description, .configurationRefused)
            return status(of: error)
        } catch let error as HardwareFault {
            Log.write(
                .error, "\(error.device): \(error.reason)", .deviceAbsent,
                fields: ["device": error.device])
            return .absent
        } catch {
            Log.write(.error, "\(error)")
            return .failed
        }
    }

    private static func status(of error: ConfigurationError) -> ExitStatus {
        switch error.reason {
        case .missing: .missing
        case .notPermitted: .notPermitted
        case .unreadable, .invalid: .configuration
        }
    }

    private static func status(of error: AssemblyError) -> ExitStatus {
        switch error {
        case .configuration(let error): return status(of: error)
        case .model(_, let fault):
            if case .unreadable = fault { return .missing }
            return .damaged
        case .state(_, let isMissing, _): return isMissing ? .missing : .damaged
        }
    }

    // MARK: A run

    private static func run(
        _ settings: Settings, _ controllers: Controllers, _ plant: SimulatedPlant?,
        _ options: Options, _ signals: inout SignalWaiter
    ) throws -> ExitStatus {
        let speed = plant == nil ? 1 : settings.simulation?.speed ?? 1
        let period = UInt64(settings.periodMilliseconds) * 1_000_000
        let realPeriod = UInt64((Double(period) / speed).rounded())
        guard RealtimeStart.permits(settings, periodNanoseconds: realPeriod)
        else { return .notPermitted }
        let hardware = try Hardware(settings, root: options.root)
        let loops = try runningLoops(settings, controllers, plant, hardware)
        try hardware.holdOthers()
        let start = plant == nil ? MonotonicClock.nowNanoseconds : 0
        let follower = Follower(
            settings,
            recorder: try recorder(settings, controllers, startClock: start, speed: speed),
            trail: AlarmTrail(settings, controllers, startClock: start),
            view: options.isLive ? LiveView(settings, startNanoseconds: start) : nil,
            realPeriodNanoseconds: realPeriod,
            budgetNanoseconds: budget(settings, realPeriod))
        Output.decouple()

        // Every way out of here stops the devices; the ordered end below has then done it.
        var isStopped = false
        defer { if !isStopped { OrderedEnd.abandon(hardware) } }
        keep(settings)
        try hardware.start(unless: { signals.wait(milliseconds: 0) })
        let ring = try SampleRing<TickRecord>(capacity: 8_192)
        let requests = try SampleRing<LoopRequest>(capacity: 256)
        let statuses = try SampleRing<LoopStatus>(capacity: 2_048)
        let server = OperatorSide.server(settings)
        let stop = StopFlag()
        let outcome = ControlOutcome()
        let clock = try PeriodicClock(periodNanoseconds: realPeriod)
        let followerStop = StopFlag()
        let followerThread = try launch(
            FollowerThread(
                follower: follower, ticks: ring.consumer, stop: followerStop, outcome: outcome))
        let thread: RealtimeThread
        do throws(ThreadFault) {
            thread = try launch(
                ControlThread(
                    loops: loops, plant: plant, clock: clock, stop: stop, outcome: outcome,
                    ring: ring.producer, requests: requests.consumer,
                    statuses: statuses.producer, hasOperator: server != nil,
                    tickLimit: tickLimit(options, periodNanoseconds: period)),
                RealtimeStart.policy(settings, periodNanoseconds: realPeriod))
        } catch {
            // Its owner waits for it on the way out.
            followerStop.raise()
            throw error
        }
        RealtimeStart.report(thread.refusals, settings.realtime)
        let operators = OperatorSide(
            server, requests.producer, statuses.consumer, desk(settings, controllers, realPeriod))
        var service = notifier(periodNanoseconds: realPeriod)
        service.ready()
        // On the terminal of a live view there is no place for it.
        if !options.isLive { Log.write(.info, "\(settings.name): running", .runBegun) }
        while !signals.wait(milliseconds: 20), !thread.hasEnded(byNanoseconds: 0) {
            hardware.logChanges()
            service.feed(ticks: outcome.tickCount, nowNanoseconds: MonotonicClock.nowNanoseconds)
        }
        service.stopping()
        if !options.isLive { Log.write(.info, "\(settings.name): ending", .runEnded) }
        isStopped = true
        operators.end()
        return OrderedEnd(begin: MonotonicClock.nowNanoseconds).run(
            hardware, control: thread, stop, outcome, follower: followerThread, followerStop,
            operators: operators)
    }

    /// Leaves word for `flyball safe` of what is driven from now on: the file may be edited, or broken,
    /// while the daemon runs.
    private static func keep(_ settings: Settings) {
        guard let directory = Log.environment("STATE_DIRECTORY") else { return }
        if let reason = LastStart.write(settings, directory: directory) {
            Log.write(
                .warning, "\(directory): the outputs could not be written down: \(reason)")
        }
    }

    private static func notifier(periodNanoseconds: UInt64) -> ServiceNotifier {
        ServiceNotifier(
            socketPath: Log.environment("NOTIFY_SOCKET"),
            watchdog: Log.environment("WATCHDOG_USEC"),
            periodNanoseconds: periodNanoseconds)
    }

    private static func desk(
        _ settings: Settings, _ controllers: Controllers, _ realPeriod: UInt64
    ) -> OperatorDesk {
        OperatorDesk(
            settings, models: controllers.models, realPeriodSeconds: Double(realPeriod) * 1e-9,
            processID: getpid())
    }

    private static func budget(_ settings: Settings, _ realPeriod: UInt64) -> UInt64 {
        RealtimeWishes.budgetNanoseconds(settings, periodNanoseconds: realPeriod)
    }

    private static func launch(
        _ context: consuming FollowerThread
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(
            ThreadPolicy(name: "record", priority: 0, locksMemory: false), context: context
        ) { context in
            var context = context
            context.run()
        }
    }

    private static func launch(
        _ context: consuming ControlThread, _ policy: ThreadPolicy
    ) throws(ThreadFault) -> RealtimeThread {
        try RealtimeThread(policy, context: context) { context in
            var context = context
            context.run()
        }
    }

    private static func tickLimit(_ options: Options, periodNanoseconds: UInt64) -> UInt64 {
        guard let seconds = options.durationSeconds else { return .max }
        return UInt64(max(1, (seconds * 1e9 / Double(periodNanoseconds)).rounded()))
    }

    // MARK: Set-up

    /// The plant of a configuration whose devices are simulated; `nil` when none is.
    private static func simulatedPlant(_ settings: Settings) throws -> SimulatedPlant? {
        guard settings.devices.contains(where: { $0.driver == .simulated }) else { return nil }
        return try SimulatedRun.plant(settings, seed: nil)
    }

    private static func runningLoops(
        _ settings: Settings, _ controllers: Controllers, _ plant: SimulatedPlant?,
        _ hardware: Hardware
    ) throws(HardwareFault) -> [RunningLoop] {
        let panel = InterlockPanel(
            settings, ports: try interlockPorts(settings, hardware, isSimulated: plant != nil))
        var loops: [RunningLoop] = []
        for (index, loop) in settings.loops.enumerated() {
            let sensor: SensorPort
            let actuator: ActuatorPort
            if let plant {
                sensor = .simulated(SimulatedSensor(plant, index: loop.sensor.index))
                actuator = .simulated(SimulatedActuator(plant, index: loop.actuator.index))
            } else {
                sensor = try hardware.sensor(loop.sensor.index)
                actuator = try hardware.actuator(loop.actuator.index)
            }
            loops.append(
                RunningLoop(
                    instance: controllers.instances[index],
                    plan: SetpointPlan(settings, loop: index, withEvents: plant != nil),
                    requested: loop.law == .learned ? .learned : .fallback, sensor: sensor,
                    actuator: actuator,
                    second: try secondPort(loop.guards.redundant, plant, hardware),
                    panel: panel, interlocks: settings.interlocks(ofLoop: index)))
        }
        return loops
    }

    private static func secondPort(
        _ redundant: RedundantSettings?, _ plant: SimulatedPlant?, _ hardware: Hardware
    ) throws(HardwareFault) -> InputPort? {
        guard let place = redundant?.sensor.index else { return nil }
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

    private static func recorder(
        _ settings: Settings, _ controllers: Controllers, startClock: UInt64, speed: Double
    ) throws -> Recorder? {
        guard let record = settings.record else { return nil }
        let now = Date().timeIntervalSince1970
        let description = try RunDescription(
            settings, models: controllers.models,
            runIdentifier: String(UInt64.random(in: 0...UInt64.max), radix: 16),
            startUnixNanoseconds: UInt64(now * 1e9), startClockNanoseconds: startClock)
        var options = RecorderOptions(maxFileBytes: UInt64(record.maxFileMebibytes) << 20)
        // A second of real time is what a kill may lose, whatever the loop's clock.
        options.chunkAgeNanoseconds = UInt64(Double(options.chunkAgeNanoseconds) * speed)
        options.synchronizeNanoseconds = UInt64(Double(options.synchronizeNanoseconds) * speed)
        return Recorder(
            tryingDirectory: settings.resolve(record.directory.value), run: description,
            options: options)
    }
}
