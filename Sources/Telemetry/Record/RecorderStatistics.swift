/// What became of the ticks handed to a recorder.
package struct RecorderStatistics: Equatable, Sendable {
    /// Ticks in a file, as far as the operating system took them.
    package var recorded: UInt64 = 0
    /// Ticks left out by decimation, as configured.
    package var decimated: UInt64 = 0
    /// Ticks lost because no file could be written.
    package var dropped: UInt64 = 0
    /// Ticks of a loop the run does not have: a programming error upstream.
    package var rejected: UInt64 = 0
    /// Failed system calls.
    package var faults: UInt64 = 0
    /// Files begun.
    package var files: Int = 0

    package init() {}
}
