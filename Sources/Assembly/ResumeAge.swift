/// How old a checkpoint is, as far as the clocks of the machine can tell.
package enum ResumeAge: Equatable, Sendable {
    case seconds(Double)
    /// Nobody can tell; the reason as half a sentence.
    case doubtful(String)
}
