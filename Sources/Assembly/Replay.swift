package import Configuration
package import Control
import FixedPoint
import ModelFile
package import Telemetry

/// Runs recorded inputs through the loops again and compares every decision bit for bit.
package struct Replay {
    package let settings: Settings
    private let controllers: Controllers
    private var previous: [TickRecord?]
    /// Ticks that came out the same.
    package private(set) var matched = 0

    /// Builds the loops from what the record carries.
    package init(_ run: RunDescription) throws(ReplayFault) {
        guard run.every <= 1 else { throw .decimated(every: run.every) }
        let settings: Settings
        do throws(ConfigurationError) {
            settings = try Configuration.parse(
                text: run.configuration, path: "configuration in the record")
        } catch {
            throw .assembly(.configuration(error))
        }
        do throws(ModelFault) {
            let models = try run.models()
            controllers = try Self.controllers(settings, models)
        } catch {
            throw .assembly(.model(path: "model in the record", error))
        }
        self.settings = settings
        previous = settings.loops.map { _ in nil }
    }

    private static func controllers(
        _ settings: Settings, _ models: [Model?]
    ) throws(ModelFault) -> Controllers {
        do throws(AssemblyError) {
            return try Controllers(settings, models: models)
        } catch {
            switch error {
            case .model(_, let fault): throw fault
            case .configuration(let error):
                throw .illegalValue(
                    key: "configuration", found: error.description, allowed: "one that runs")
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

/// Why a replay stopped.
package enum ReplayFault: Error {
    case assembly(AssemblyError)
    /// Only every n-th tick was recorded: what lies between them is not known.
    case decimated(every: UInt32)
    /// Ticks are missing: dropped while recording, or in a file that is not at hand.
    case gap(loop: Int, expected: UInt64, found: UInt64)
    /// A tick that no loop of this program can have written.
    case foreign(tick: UInt64)
    /// The comparison failed.
    case differs(recorded: TickRecord, computed: TickRecord)
}
