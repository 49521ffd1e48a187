import Assembly
import Configuration
import Control
import ModelFile
import Telemetry

/// A simulated run and what a record of it holds.
struct SampleRun {
    let description: RunDescription
    let ticks: [TickRecord]

    init(_ settings: Settings, ticks count: Int, seed: UInt64? = nil, law: Law? = nil) throws {
        var run = try SimulatedRun(settings, law: law, seed: seed)
        description = try RunDescription(
            settings, models: run.controllers.models, runIdentifier: "ab",
            startUnixNanoseconds: 0, startClockNanoseconds: 0)
        var ticks: [TickRecord] = []
        for _ in 0..<count { run.step { record, _ in ticks.append(record) } }
        self.ticks = ticks
    }

    /// What a replay of these ticks says; `nil` when all are the same.
    static func replay(_ description: RunDescription, _ ticks: [TickRecord]) -> ReplayFault? {
        do throws(ReplayFault) {
            var replay = try Replay(description)
            for tick in ticks { try replay.step(tick) }
            return nil
        } catch {
            return error
        }
    }

    /// The same with one tick changed.
    func replay(changing index: Int, _ change: (inout TickRecord) -> Void) -> ReplayFault? {
        var ticks = ticks
        change(&ticks[index])
        return Self.replay(description, ticks)
    }
}
