import FixedPoint

/// What an experiment looks at in one tick.
struct ExperimentInput {
    /// The good measurement of this tick, or nothing.
    var measurement: Q16_16?
    var hasActuatorFault: Bool
    var isOverrun: Bool
    var isSafe: Bool
    /// The command that acts now, a fraction of the output range.
    var applied: Q3_28
}
