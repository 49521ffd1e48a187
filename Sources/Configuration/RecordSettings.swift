/// Where and how ticks are recorded.
package struct RecordSettings: Equatable, Sendable {
    /// As written; `Settings.resolve` makes it a path to open.
    package var directory: Located<String>
    /// MiB at which the next file is begun.
    package var maxFileMebibytes: Int
    /// Every how many ticks one is recorded.
    package var every: Int
}
