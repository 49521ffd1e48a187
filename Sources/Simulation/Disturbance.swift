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
        /// The actuator keeps its level, whatever it is told.
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

/// The course of a load, in the unit of the input, from the start of its disturbance.
package enum LoadShape: Equatable, Sendable {
    case step(Double)
    /// Grows from 0 to the value in the given time, then stays.
    case ramp(to: Double, overSeconds: Double)
    case sine(amplitude: Double, periodSeconds: Double)
    /// A random walk with this deviation of one second's steps, kept within the bound.
    case walk(deviationPerRootSecond: Double, bound: Double)
}
