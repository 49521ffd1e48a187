/// What a reader does behind damage.
package enum DamagePolicy: Sendable {
    /// Delivers nothing behind it: for a replay, which needs every tick.
    case stop
    /// Leaves out the damaged record and goes on where the next one begins: to save what is left.
    case skip
}
