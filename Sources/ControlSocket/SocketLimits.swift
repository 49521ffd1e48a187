/// What a client of the control socket may use of the daemon.
package enum SocketLimits {
    /// A person or two with a few windows each; one more is told so and closed.
    package static let clients = 16
    /// The longest request is below 1 KiB.
    package static let lineBytes = 8_192
    /// The longest answer is below 32 KiB, and a client has one at a time.
    package static let answerBytes = 262_144
    /// From the first byte of a line to its end.
    package static let lineNanoseconds: UInt64 = 5_000_000_000
    /// For an answer to be read.
    package static let answerNanoseconds: UInt64 = 5_000_000_000
    /// Without a request; those who watch or experiment ask every second.
    package static let idleNanoseconds: UInt64 = 30_000_000_000
    /// Connections taken in one round.
    static let acceptsPerRound = 16
    /// Rounds of the server: a request waits as long as this, and no client gets more than one
    /// answer in it.
    package static let roundNanoseconds: UInt64 = 20_000_000
    /// Owner and group may connect.
    package static let mode: UInt32 = 0o660
}
