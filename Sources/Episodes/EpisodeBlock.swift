import Plants

/// Sixteen episodes: plants, and what each meets at every sample.
package struct EpisodeBlock: Sendable {
    package let plants: PlantLanes
    /// Command range and price of the family.
    package let commandLow: Float
    package let commandSpan: Float
    package let effortWeight: Float
    package var quantum: Float
    /// Parts of the measurement span.
    package var setpoint: [Lanes]
    /// Added to the delayed command.
    package var load: [Lanes]
    /// Measurement noise.
    package var noise: [Lanes]
    /// Where plant and law rest before the first sample.
    package var startOutput: Lanes
    package var startState: [Lanes]
    /// The command that rests there, which may be beyond the range.
    package var startCommand: Lanes
    /// Weight of each episode in a mean.
    package var weight = Lanes(repeating: 1)

    /// What a conditioned law is told of its plants, value by value; empty for other laws.
    package var conditions: [Lanes] = []

    /// What the episodes are about.
    package var goal = Goal.tracking

    package enum Goal: Equatable, Sendable {
        /// To follow the setpoint with little travel of the command.
        case tracking
        /// To keep the sensitivity low: `noise` holds a sine of this amplitude in each lane, and the
        /// measurement must not hold much more than that: it costs from `limit` times that on.
        case sensitivity(amplitude: Lanes, limit: Lanes)
    }

    /// Samples before the first one, of which no gradient is taken: what is at the first sample then
    /// comes from them, with setpoint and load of the first and the probe's sine going on. Whole windows.
    package var lead = 0

    package var count: Int { setpoint.count }

    /// The actuator's command before the first sample, as near to rest as its range allows.
    package var heldCommand: Lanes {
        Lanes.minimum(
            Lanes.maximum(startCommand, Lanes(repeating: commandLow)),
            Lanes(repeating: commandLow + commandSpan))
    }

    /// Samples at the start that do not count.
    package static let settling = 20
}
