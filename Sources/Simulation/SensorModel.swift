/// How a simulated sensor sees an output of the plant.
package struct SensorModel: Equatable, Sendable {
    /// Index of the plant's output.
    package var output: Int
    /// Standard deviation of its noise, in the output's unit.
    package var noise: Double
    /// Step of its readings, 0 for none; readings are rounded down, as a converter does.
    package var quantum: Double

    package init(output: Int, noise: Double = 0, quantum: Double = 0) {
        self.output = output
        self.noise = noise
        self.quantum = quantum
    }
}
