/// How long a board's thread waits for what, in nanoseconds.
package enum BoardTiming {
    /// A stop is noticed within it.
    package static let stopStep: UInt64 = 20_000_000
    /// Between two rounds at least: the thread never spins.
    package static let shortestRound: UInt64 = 200_000
    /// Between attempts to open a unit: the first, doubled up to the last.
    package static let firstRetry: UInt64 = 100_000_000
    package static let lastRetry: UInt64 = 2_000_000_000
    /// How long outputs that refuse their safe level are tried at the end, and how often.
    package static let endLimit: UInt64 = 1_000_000_000
    package static let endStep: UInt64 = 20_000_000
    /// What does not work by then at the start is said to be absent: udev gives permissions a while
    /// after a device has appeared.
    package static let startLimit: UInt64 = 3_000_000_000
}
