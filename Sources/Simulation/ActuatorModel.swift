/// How a simulated actuator acts on an input of the plant.
package struct ActuatorModel: Equatable, Sendable {
    /// Index of the plant's input.
    package var input: Int
    /// Levels that it can reach; commands beyond are clipped.
    package var range: ClosedRange<Double>
    /// The level it has before the first command.
    package var start: Double
    /// Step of its levels, 0 for none; rounded to the nearest.
    package var quantum: Double
    /// Whole periods between a command and its effect.
    package var delayTicks: Int

    package init(
        input: Int, range: ClosedRange<Double>, start: Double, quantum: Double = 0,
        delayTicks: Int = 0
    ) {
        self.input = input
        self.range = range
        self.start = start
        self.quantum = quantum
        self.delayTicks = delayTicks
    }
}
