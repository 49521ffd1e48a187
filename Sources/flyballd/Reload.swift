import Assembly
import Configuration
import Control
import ControlSocket
import Glibc
import ModelFile
import Realtime
import Service
import Telemetry

/// Reads the configuration again and puts it in the place of the running one, as a whole or not at
/// all.
///
/// It runs on an ordinary thread of its own: models are read and proved, and memory is allocated
/// and freed, while the loops go on.
struct Reload: Sendable {
    let path: String
    let running: RunningConfiguration
    let identities: CheckpointIdentities
    let slot: RevisionSlot
    /// What the record, or the trail of an alarm, says of the run.
    let description: RunDescription?
    /// Which hear what became of it.
    let orders: ReloadOrders
    let isSimulated: Bool
    let realPeriodNanoseconds: UInt64
    /// Raised at the end of the run.
    let stop: StopFlag

    /// Beyond two periods, after which the control thread is not waited for any more.
    private static let patienceNanoseconds: UInt64 = 2_000_000_000

    func run() {
        do {
            try exchange()
        } catch let error as ConfigurationError {
            refuse(error.description)
        } catch let error as AssemblyError {
            refuse(error.description)
        } catch {
            refuse("\(error)")
        }
    }

    private func exchange() throws {
        let now = running.now
        let settings = try Configuration.load(path: path)
        let changes = try ConfigurationChanges(from: now.settings, to: settings)
        let controllers = try Controllers(settings)
        let number = now.number &+ 1
        let revision = Revision(
            settings, controllers, replacing: now.models, number: number, withEvents: isSimulated)
        if var description {
            try description.revise(settings, models: controllers.models, number: number)
            let change = RunningConfiguration.Description(run: description, settings: settings)
            guard running.describe(change, revision: number) else {
                refuse("the record has not caught up with the reloads before")
                return
            }
        }
        identities.set(settings, models: controllers.models, revision: number)
        slot.offer(revision)
        guard isTaken(revision) else {
            _ = running.description(ofRevision: number)
            refuse("the control thread has not taken it")
            return
        }
        running.set(revision)
        Daemon.warn(settings, controllers)
        if let directory = Log.environment("STATE_DIRECTORY"),
            let reason = LastStart.write(settings, directory: directory)
        {
            Log.write(
                .warning, "\(directory): the outputs could not be written down: \(reason)")
        }
        let laws = revision.loops.filter(\.replacesLaw).count
        let keys =
            changes.keys.isEmpty ? "no key has changed" : changes.keys.joined(separator: ", ")
        orders.finish(
            .taken(ReloadReport(revision: number, changedKeys: changes.keys, replacedLaws: laws)))
        let learned = laws == 0 ? "" : "; another learned law in \(laws) of \(revision.loops.count)"
        Log.write(.notice, "\(path): reloaded: \(keys)\(learned)", .reloaded)
        // Here what ran before is freed.
    }

    /// Waits until the control thread is done with it; if it never takes it, it is taken back.
    private func isTaken(_ revision: Revision) -> Bool {
        let deadline =
            MonotonicClock.nowNanoseconds &+ 2 &* realPeriodNanoseconds
            &+ Self.patienceNanoseconds
        while !slot.isTaken(revision.number) {
            let isLate = stop.isRaised || MonotonicClock.nowNanoseconds >= deadline
            if isLate, slot.withdraw() { return false }
            MonotonicClock.sleep(
                untilNanoseconds: MonotonicClock.nowNanoseconds &+ 2_000_000)
        }
        return true
    }

    /// Says why nothing has changed.
    func refuse(_ reason: String) {
        orders.finish(.refused(reason))
        Log.write(
            .error, "not reloaded, the loops go on unchanged: \(reason)", .reloadRefused)
    }
}
