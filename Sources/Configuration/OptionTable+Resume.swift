extension OptionTable {
    static let loopResume = Section(
        name: .loopResume, form: .table, presence: "optional",
        meaning: "What the loop does after an end that was none in order: a power cut, a crash. "
            + "As a service the daemon keeps the state of its laws in its state directory for this.",
        options: [
            OptionEntry(
                "policy", .choice(ResumePolicy.allCases.map(\.rawValue)),
                example: "\"younger-than\"",
                "`never`, as without this table: the laws begin anew. `younger-than`: they go on "
                    + "where they were when that is not longer ago than `max_age_s` for certain, else they begin anew. "
                    + "`ask`: the loop stays at its safe level until `flyball mode` orders a law."),
            OptionEntry(
                "max_age_s", .integer(30...86_400), .mandatory,
                when: Condition(key: "policy", values: [ResumePolicy.youngerThan.rawValue]),
                example: "600",
                "How old the state may be when it is used; it is written down every ten seconds. "
                    + "Across a boot this needs a clock that is known to be right."),
        ])
}
