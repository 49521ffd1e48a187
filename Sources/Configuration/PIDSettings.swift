/// Gains of the PID: `u = kp (b r - y + (1/ti) integral of (r - y) - td dy/dt)`.
package struct PIDSettings: Equatable, Sendable {
    /// In the actuator's unit for each unit of the sensor; negative for reverse action, never 0.
    package var kp: Double
    /// 0 is no integral action.
    package var tiSeconds: Double
    /// 0 is no derivative action.
    package var tdSeconds: Double
    /// Time constant of the derivative filter; an eighth of `tdSeconds` when not given.
    package var tfSeconds: Double
    /// Time constant of the filter on the measurement; 0 is none.
    package var filterSeconds: Double
    /// Where that is written, or the table.
    package var filterPosition: Position
    /// Weight of the setpoint in the proportional part, 0 to 1.
    package var setpointWeight: Double
    /// Tracking time of the anti-windup; 0 leaves the choice to the law.
    package var ttSeconds: Double
    /// Where `kp` is written.
    package var kpPosition: Position
}
