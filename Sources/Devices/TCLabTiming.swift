/// How long the driver waits for what, in nanoseconds.
package enum TCLabTiming {
    /// A board with auto-reset starts its firmware about two seconds after the port was opened.
    package static let startLimit: UInt64 = 4_000_000_000
    /// One try of `VER` during the start.
    package static let startStep: UInt64 = 500_000_000
    /// A firmware that is silent for so long after `VER` does not repeat its answers.
    package static let floodWatch: UInt64 = 200_000_000
    /// After a fault, the line is in order when nothing came for so long.
    package static let quiet: UInt64 = 20_000_000
    /// How long the open line is tried at a stop before it is opened anew.
    package static let stopLimit: UInt64 = 500_000_000
    /// The heaters are off, or it is known that they may not be, so long after a stop: a board with
    /// auto-reset has started again in that time, and service managers wait for five seconds at
    /// least.
    package static let endLimit: UInt64 = 4_000_000_000
    /// One of the requests that turn the heaters off, so that each is sent twice within the limit.
    package static let stopRequest: UInt64 = 80_000_000
    /// The same for a port that was just opened, whose board may still be starting.
    package static let safeLimit: UInt64 = 3_500_000_000
    /// How long a port may stay in use by a process that is about to end.
    package static let busyLimit: UInt64 = 1_000_000_000
    /// A board that makes no sense for so long is opened anew, which resets it.
    package static let silenceLimit: UInt64 = 5_000_000_000
    /// Between attempts to open a line: the first, doubled up to the last.
    package static let firstRetry: UInt64 = 100_000_000
    package static let lastRetry: UInt64 = 2_000_000_000
    /// Between attempts with a board that was refused: each resets it.
    package static let refusedRetry: UInt64 = 5_000_000_000
    /// How soon a stop is noticed while waiting.
    package static let stopStep: UInt64 = 20_000_000
}
