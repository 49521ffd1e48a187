/// What the terminal shows of one tick. A value that is missing is `.nan`.
package struct TerminalSample: Equatable, Sendable {
    /// Seconds since the start.
    package var time: Double
    package var setpoint: Double
    package var measurement: Double
    package var command: Double

    package init(time: Double, setpoint: Double, measurement: Double, command: Double) {
        self.time = time
        self.setpoint = setpoint
        self.measurement = measurement
        self.command = command
    }
}
