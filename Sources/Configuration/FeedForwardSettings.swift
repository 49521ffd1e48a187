/// What a measured disturbance adds to the command of a loop.
package struct FeedForwardSettings: Equatable, Sendable {
    package var sensor: Reference
    /// Output's unit for each unit of the disturbance.
    package var gain: Double
    /// The place of `gain`.
    package var gainPosition: Position
    /// The disturbance at which nothing is added.
    package var zero: Double
    package var leadSeconds: Double
    package var lagSeconds: Double
    /// What may be added, in the output's unit; 0 lies between.
    package var low: Double
    package var high: Double
    /// Without its sensor it holds; if not, it fades.
    package var holdsWhenLost: Bool
    /// The time in which it would cross its whole range, fading or coming back.
    package var fadeSeconds: Double
}
