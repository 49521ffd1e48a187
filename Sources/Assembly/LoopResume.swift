package import Control
import FoundationEssentials

/// The laws of an earlier run as a loop begins with them: what a record holds, so that a replay
/// begins there too.
package struct LoopResume: Codable, Equatable, Sendable {
    /// Ticks after which they are too old, when no good measurement has come.
    package var withinTicks: UInt32
    package var memory: LawMemory.Coded

    package enum CodingKeys: String, CodingKey {
        case memory
        case withinTicks = "within_ticks"
    }

    package init(memory: LawMemory.Coded, withinTicks: UInt32) {
        self.memory = memory
        self.withinTicks = withinTicks
    }

    package var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Integers, names and nothing else: there is nothing that JSON cannot say.
        return [UInt8]((try? encoder.encode(self)) ?? Data())
    }

    package init?(_ bytes: [UInt8]) {
        guard let read = try? JSONDecoder().decode(LoopResume.self, from: Data(bytes)) else {
            return nil
        }
        self = read
    }

    /// Begins a loop with it; false when it is of another law.
    package func begin(_ loop: inout ControlLoop) -> Bool {
        guard let memory = LawMemory(memory) else { return false }
        return loop.resume(memory, withinTicks: withinTicks)
    }
}
