/// The setpoint from a time on.
package struct ProfilePoint: Equatable, Sendable {
    /// Since the start of the loop.
    package var startSeconds: Double
    /// In the sensor's unit.
    package var setpoint: Double
}
