/// What a loop does after an unclean end. Raw values are the words of the configuration.
package enum ResumePolicy: String, CaseIterable, Sendable {
    /// Its laws begin anew.
    case never
    /// Its laws go on where they were, when that is not too long ago.
    case youngerThan = "younger-than"
    /// It stays at its safe level until the operator orders a law.
    case ask
}
