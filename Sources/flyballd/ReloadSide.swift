import Assembly
import Realtime
import Service
import Telemetry

/// Reloads when it is asked to, one after the other, and tells the service manager.
struct ReloadSide: ~Copyable {
    private let reload: Reload
    private var thread = SideThread()

    /// - Parameters:
    ///   - path: of the configuration.
    ///   - description: what the record says of the run; `nil` when nothing is recorded.
    init(
        _ path: String, _ running: RunningConfiguration, _ identities: CheckpointIdentities,
        _ slot: RevisionSlot, _ description: RunDescription?, _ orders: ReloadOrders,
        isSimulated: Bool, realPeriodNanoseconds: UInt64
    ) {
        reload = Reload(
            path: path, running: running, identities: identities, slot: slot,
            description: description, orders: orders, isSimulated: isSimulated,
            realPeriodNanoseconds: realPeriodNanoseconds, stop: thread.stop)
    }

    /// Asks for one, as the control socket does through the same orders.
    func ask() { reload.orders.ask() }

    /// Goes on with what was asked for; never waits.
    mutating func advance(_ service: ServiceNotifier) {
        guard thread.hasEnded(byNanoseconds: 0) else { return }
        if thread.join() { service.ready() }
        guard reload.orders.begin() else { return }
        service.reloading(nowMicroseconds: MonotonicClock.nowNanoseconds / 1_000)
        do throws(ThreadFault) {
            try thread.start("reload", reload) { reload in reload.run() }
        } catch {
            reload.refuse("\(error)")
            service.ready()
        }
    }

    /// Takes back what the control thread has not taken.
    func end() { thread.end() }

    /// Whether nothing is under way; at the end of a run the control thread takes nothing any more.
    func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        thread.hasEnded(byNanoseconds: deadline)
    }
}
