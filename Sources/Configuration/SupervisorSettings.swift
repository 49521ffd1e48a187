/// When a loop leaves its law, and when it comes back.
package struct SupervisorSettings: Equatable, Sendable {
    /// How long the last estimate serves without readings.
    package var bridgeMilliseconds: Int
    /// How long readings must be good before a law acts again.
    package var recoverMilliseconds: Int
    /// Time without a fault after which the learned law is tried again; 0 is never.
    package var retryMilliseconds: Int
}
