/// A control law in sixteen episodes at once. Commands are parts of the output range, 0 ... 1.
package protocol LaneLaw {
    /// Begins at rest at an output, under the command that holds it.
    mutating func start(output: Lanes, command: Lanes)

    /// The command for a setpoint and a measurement, within 0 ... 1.
    mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes
}
