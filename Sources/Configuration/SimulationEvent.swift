/// Something that happens to the simulated plant. Indices are those of `Settings`.
package struct SimulationEvent: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Adds to a load input of the plant, counted from 0, in the plant's unit.
        case load(input: Int, value: Double)
        /// Grows to the value over a time and stays.
        case loadRamp(input: Int, value: Double, overSeconds: Double)
        case loadSine(input: Int, amplitude: Double, cycleSeconds: Double)
        /// A random walk with this deviation of one second's steps.
        case loadWalk(input: Int, deviation: Double, bound: Double)
        case setpoint(loop: Int, value: Double)
        case dropout(sensor: Int)
        case stuck(sensor: Int)
        case bias(sensor: Int, value: Double)
        case noise(sensor: Int, deviation: Double)
        case actuatorStuck(actuator: Int)
        /// Opens an interlock.
        case interlock(Int)
    }

    package var startSeconds: Double
    /// 0 is to the end.
    package var durationSeconds: Double
    package var kind: Kind
    /// The place of the table.
    package var position: Position
}
