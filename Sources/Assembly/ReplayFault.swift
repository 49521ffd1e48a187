package import Control

/// Why a replay stopped.
package enum ReplayFault: Error {
    case assembly(AssemblyError)
    /// Only every n-th tick was recorded: what lies between them is not known.
    case decimated(every: UInt32)
    /// The record speaks of another number of loops than its configuration has.
    case wrongLoops(found: Int, configured: Int)
    /// Ticks are missing: dropped while recording, or in a file that is not at hand.
    case gap(loop: Int, expected: UInt64, found: UInt64)
    /// A tick that no loop of this program can have written.
    case foreign(tick: UInt64)
    /// The state that a loop began with is none of its laws.
    case foreignState(String)
    /// The comparison failed.
    case differs(recorded: TickRecord, computed: TickRecord)
}
