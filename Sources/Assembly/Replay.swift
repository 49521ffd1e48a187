package import Configuration
package import Control
import FixedPoint
import ModelFile
package import Telemetry

/// Runs recorded inputs through the loops again and compares every decision bit for bit.
package struct Replay {
    package private(set) var settings: Settings
    private let controllers: Controllers
    /// Of each loop, as it runs.
    private var models: [Model?]
    private var previous: [TickRecord?]
    /// Ticks that came out the same.
    package private(set) var matched = 0

    /// Builds the loops from what the record carries.
    package init(_ run: RunDescription) throws(ReplayFault) {
        guard run.every <= 1 else { throw .decimated(every: run.every) }
        do throws(ConfigurationError) {
            settings = try Configuration.parse(
                text: run.configuration, path: "configuration in the record")
        } catch {
            throw .assembly(.configuration(error))
        }
        guard run.loops.count == settings.loops.count else {
            throw .wrongLoops(found: run.loops.count, configured: settings.loops.count)
        }
        do throws(ModelFault) {
            models = try run.models()
        } catch {
            throw .assembly(.model(path: "model in the record", error))
        }
        do throws(AssemblyError) {
            controllers = try Controllers(settings, models: models)
        } catch {
            throw .assembly(error)
        }
        previous = settings.loops.map { _ in nil }
        try resume(run)
    }

    /// Goes on with what came into force by a reload, as the recorded loops did.
    package mutating func revise(_ run: RunDescription) throws(ReplayFault) {
        let fresh = try Replay(run)
        guard fresh.models.count == models.count else {
            throw .wrongLoops(found: fresh.models.count, configured: models.count)
        }
        for (index, instance) in controllers.instances.enumerated() {
            instance.revise(
                fresh.controllers.instances[index],
                replacesLaw: Controllers.isOther(fresh.models[index], than: models[index]))
        }
        models = fresh.models
        settings = fresh.settings
    }

    /// Begins where the laws of an earlier run were, as the recorded loops did.
    private func resume(_ run: RunDescription) throws(ReplayFault) {
        for (index, instance) in controllers.instances.enumerated() {
            do throws(CheckpointFault) {
                guard let resume = try run.resume(loop: index) else { continue }
                guard resume.begin(&instance.loop) else {
                    throw CheckpointFault("loop \(index) was resumed with the state of another law")
                }
            } catch {
                throw .foreignState(error.reason)
            }
        }
    }

    /// One recorded tick again.
    package mutating func step(_ record: TickRecord) throws(ReplayFault) {
        let loop = Int(record.loop)
        guard loop < controllers.instances.count, let input = TickInput(replaying: record) else {
            throw .foreign(tick: record.tick)
        }
        // A loop may begin late; then it counts the periods before its first tick as missed.
        let next = previous[loop].map { $0.tick &+ 1 } ?? 0
        let expected = next &+ UInt64(record.missedPeriods)
        guard record.tick == expected else {
            throw .gap(loop: loop, expected: expected, found: record.tick)
        }
        var computed = controllers.instances[loop].loop.step(input)
        computed.latenessNanoseconds = record.latenessNanoseconds
        computed.stepNanoseconds = record.stepNanoseconds
        guard computed == record else {
            throw .differs(recorded: record, computed: computed)
        }
        previous[loop] = record
        matched += 1
    }
}
