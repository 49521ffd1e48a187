/// What happens when the system does not permit what was asked for. Raw values are the words of the
/// configuration.
package enum PreflightPolicy: String, CaseIterable, Sendable {
    /// It is said, with the remedy, and the loops run.
    case prefer
    /// The daemon refuses to run, before it opens a device.
    case require
}
