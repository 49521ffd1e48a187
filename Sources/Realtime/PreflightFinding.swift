/// What a preflight found out about one condition of punctual ticks.
package struct PreflightFinding: Equatable, Sendable, Encodable {
    /// The conditions, in the order in which they are looked at.
    package enum Check: String, CaseIterable, Sendable, Encodable {
        case kernel
        case scheduling
        case throttling
        case competitors
        case processors
        case isolation
        case memory
        case governor
        case idleStates = "idle states"
        case clockSource = "clock source"
    }

    package enum Grade: String, Sendable, Encodable {
        case good
        /// Worth knowing; what was asked for is there.
        case note
        /// What was asked for is not there: ticks will be late, under load or always.
        case degraded
    }

    package var check: Check
    package var grade: Grade
    package var found: String
    /// How to mend it; empty when there is nothing to mend.
    package var remedy: String

    package init(_ check: Check, _ grade: Grade, _ found: String, remedy: String = "") {
        self.check = check
        self.grade = grade
        self.found = found
        self.remedy = remedy
    }

    /// One line for a log.
    package var text: String {
        "\(check.rawValue): \(found)" + (remedy.isEmpty ? "" : ". \(remedy)")
    }
}
