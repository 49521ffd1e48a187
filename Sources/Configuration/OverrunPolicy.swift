/// What happens when a tick overruns its period. Raw values are the words of the configuration.
package enum OverrunPolicy: String, CaseIterable, Sendable {
    /// Missed periods are counted; the loop goes on.
    case skip
    /// The last command is repeated for one tick.
    case hold
    /// The safe state after `Settings.overrunLimit` overruns in the last `overrunWindow` ticks.
    case safe
}
