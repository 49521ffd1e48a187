/// Something that happens to the plant, its sensors or its actuators, for a time.
package struct Disturbance: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Added to an input of the plant, behind the actuator's limits.
        case load(input: Int, shape: LoadShape)
        /// The sensor says nothing.
        case dropout(sensor: Int)
        /// The sensor repeats its last reading.
        case stuck(sensor: Int)
        /// Added to the readings.
        case bias(sensor: Int, value: Double)
        /// Replaces the deviation of the sensor's noise.
        case noise(sensor: Int, deviation: Double)
        /// The actuator keeps the level it has, whatever it is told; then it follows again.
        case actuatorStuck(actuator: Int)
    }

    package var startSeconds: Double
    /// Infinite for one that stays.
    package var durationSeconds: Double
    package var kind: Kind

    package init(startSeconds: Double, durationSeconds: Double, kind: Kind) {
        self.startSeconds = startSeconds
        self.durationSeconds = durationSeconds
        self.kind = kind
    }

    func isActive(at seconds: Double) -> Bool {
        seconds >= startSeconds && seconds < startSeconds + durationSeconds
    }
}
