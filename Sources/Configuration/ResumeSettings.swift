/// What a loop does after an end that was none in order.
package struct ResumeSettings: Equatable, Sendable {
    package var policy: ResumePolicy
    /// How old the state may be when it is used; never nil for `youngerThan`.
    package var maxAgeSeconds: Int?

    package init(policy: ResumePolicy, maxAgeSeconds: Int? = nil) {
        self.policy = policy
        self.maxAgeSeconds = maxAgeSeconds
    }
}
