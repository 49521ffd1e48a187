/// What a preflight asks the system, so that a test can answer in its place.
package protocol RealtimeCalls {
    /// The text of a file below /proc, /sys or /dev without its last newline; nil when it cannot be
    /// read.
    func text(at path: String) -> String?
    /// Names in a directory; empty when it cannot be read.
    func names(in directory: String) -> [String]
    /// Tries it on a thread that does nothing else: 0 or an errno.
    func trial(of scheduling: Scheduling) -> Int32
    func trial(of processors: ProcessorSet) -> Int32
    /// Whether the device that limits idle states may be written: 0 or an errno.
    func idleLatencyPermission() -> Int32
    /// RLIMIT_RTPRIO; `UInt64.max` is none.
    func priorityLimit() -> UInt64
    /// RLIMIT_MEMLOCK in bytes; `UInt64.max` is none.
    func memoryLockLimit() -> UInt64
}
