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
/// Order of set-up: configuration, models and memory, devices, record, real-time thread. Outputs are
/// at their safe levels until the last one ticks.
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
        MemoryLock.shareHeap()
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
            warn(settings, controllers)
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
        let realPeriod = UInt64((Double(settings.periodMilliseconds) * 1e6 / speed).rounded())
        guard RealtimeStart.permits(settings, periodNanoseconds: realPeriod)
        else { return .notPermitted }
        let hardware = try Hardware(settings, root: options.root)
        let resumption = Resumption(
            settings, controllers, realPeriodSeconds: Double(realPeriod) * 1e-9)
        let loops = try runningLoops(settings, controllers, plant, hardware, resumption)
        try hardware.holdOthers()
        let start = plant == nil ? MonotonicClock.nowNanoseconds : 0
        let description = try description(settings, controllers, resumption, startClock: start)
        let trail = AlarmTrail(settings, controllers, startClock: start)
        Output.decouple()
        // Every way out of here stops the devices; the ordered end below has then done it.
        var isStopped = false
        defer { if !isStopped { OrderedEnd.abandon(hardware) } }
        keep(settings)
        try hardware.start(unless: { signals.wait(milliseconds: 0) })
        // A start that a device has refused leaves no record, however often it is tried again.
        let follower = Follower(
            settings, recorder: recorder(settings, description, speed: speed), trail: trail,
            view: options.isLive ? LiveView(settings, startNanoseconds: start) : nil,
            realPeriodNanoseconds: realPeriod)
        let ring = try SampleRing<TickRecord>(capacity: 8_192)
        let requests = try SampleRing<LoopRequest>(capacity: 256)
        let statuses = try SampleRing<LoopStatus>(capacity: 2_048)
        let snapshots = try SampleRing<LoopSnapshot>(capacity: 16)
        let (wish, server) = (SnapshotWish(), OperatorSide.server(settings))
        let notices = try SampleRing<RevisionNotice>(capacity: 8)
        let running = RunningConfiguration(settings, models: controllers.models)
        let (slot, outcome, orders) = (RevisionSlot(), ControlOutcome(), ReloadOrders())
        let (stop, followerStop, board) = (StopFlag(), StopFlag(), TimingBoard())
        let clock = try PeriodicClock(periodNanoseconds: realPeriod)
        let followerThread = try launch(
            follower, ring.consumer, notices.consumer, running, followerStop, outcome,
            server == nil ? nil : board)
        resumption.begin()
        let thread = try launch(
            ControlThread(
                loops: loops, plant: plant, clock: clock, stop: stop, outcome: outcome,
                ring: ring.producer, requests: requests.consumer,
                statuses: statuses.producer, hasOperator: server != nil,
                snapshots: snapshots.producer, wish: wish, slot: slot, notices: notices.producer,
                tickLimit: tickLimit(options, settings)),
            RealtimeStart.policy(settings, periodNanoseconds: realPeriod),
            orRaising: followerStop)
        RealtimeStart.report(thread.refusals, settings.realtime)
        let operators = OperatorSide.thread(
            server, requests.producer, statuses.consumer,
            desk(settings, controllers, realPeriod, orders), running, board)
        let identities = CheckpointIdentities(
            settings, models: controllers.models, isWanted: resumption.directory != nil)
        let checkpoints = CheckpointSide.thread(
            resumption.directory, identities, loopCount: loops.count, snapshots.consumer, wish,
            outcome)
        var reloads = ReloadSide(
            options.path, running, identities, slot, description ?? trail?.run, orders,
            isSimulated: plant != nil, realPeriodNanoseconds: realPeriod)
        attend(
            settings, options, &signals, hardware, outcome, control: thread, &reloads,
            notifier(periodNanoseconds: realPeriod))
        isStopped = true
        return OrderedEnd(begin: MonotonicClock.nowNanoseconds).run(
            hardware, control: thread, stop, outcome, follower: followerThread, followerStop,
            operators: operators, checkpoints: checkpoints, reloads: reloads, resumption)
    }

    /// Waits for the end, and tells the service manager meanwhile.
    private static func attend(
        _ settings: Settings, _ options: Options, _ signals: inout SignalWaiter,
        _ hardware: Hardware, _ outcome: ControlOutcome, control: borrowing RealtimeThread,
        _ reloads: inout ReloadSide, _ notifier: ServiceNotifier
    ) {
        var service = notifier
        service.ready()
        // On the terminal of a live view there is no place for it.
        if !options.isLive { Log.write(.info, "\(settings.name): running", .runBegun) }
        while !signals.wait(milliseconds: 20), !control.hasEnded(byNanoseconds: 0) {
            hardware.logChanges()
            if signals.takeReload() { reloads.ask() }
            reloads.advance(service)
            service.feed(ticks: outcome.tickCount, nowNanoseconds: MonotonicClock.nowNanoseconds)
        }
        service.stopping()
        if !options.isLive { Log.write(.info, "\(settings.name): ending", .runEnded) }
    }
}
