/// A PID in sixteen episodes, each lane with gains of its own: the baseline of every comparison.
///
/// Per sample: `yf <- (1-a) y + a yf`, `I <- I + ki (r - yf)`, `v = kp (b r - yf) + I + D`,
/// `u = clip(v)`, `I <- I + kt (u - v)`; D is the filtered difference of yf. Astrom and Hagglund,
/// Advanced PID Control (2006), chapters 3 and 13.
package struct LanePID: LaneLaw {
    package let gains: LanePIDGains
    private var integral = Lanes.zero
    private var filtered = Lanes.zero
    private var derivative = Lanes.zero

    package init(_ gains: LanePIDGains) {
        self.gains = gains
    }

    package mutating func start(output: Lanes, command: Lanes) {
        integral = command - gains.proportional * (gains.setpointWeight * output - output)
        filtered = output
        derivative = .zero
    }

    package mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes {
        let previous = filtered
        filtered = measurement + gains.measurementFilter * (filtered - measurement)
        derivative =
            gains.derivativeFilter * derivative - gains.derivative
            * (1 - gains.derivativeFilter) * (filtered - previous)
        integral += gains.integral * (setpoint - filtered)
        let wanted =
            gains.proportional * (gains.setpointWeight * setpoint - filtered) + integral
            + derivative
        let applied = Lanes.minimum(Lanes.maximum(wanted, .zero), Lanes(repeating: 1))
        integral += gains.tracking * (applied - wanted)
        return applied
    }
}

/// Gains of a PID per sample and in parts of the ranges, one set in each lane.
package struct LanePIDGains: Sendable {
    package var proportional: Lanes
    package var integral: Lanes
    /// Of the change of a sample.
    package var derivative: Lanes
    /// Pole of the derivative's filter, 0 for none.
    package var derivativeFilter: Lanes
    /// Pole of the measurement's filter, 0 for none.
    package var measurementFilter: Lanes
    package var setpointWeight: Lanes
    /// Part of the command cut off that goes back into the integral each sample.
    package var tracking: Lanes

    package init(_ gains: SamplePIDGains) {
        func filter(_ samples: Double) -> Lanes { Lanes(samples / (1 + samples)) }
        proportional = Lanes(gains.proportional)
        integral = Lanes(gains.integral)
        derivative = Lanes(gains.derivative)
        derivativeFilter = filter(gains.derivativeFilterSamples)
        measurementFilter = filter(gains.measurementFilterSamples)
        setpointWeight = Lanes(gains.setpointWeight)
        tracking = Lanes(gains.tracking)
    }

    /// A PID of its own in each lane.
    /// - Precondition: sixteen.
    package init(_ each: [SamplePIDGains]) {
        self.init(each[0])
        for (lane, gains) in each.enumerated() {
            let own = LanePIDGains(gains)
            proportional[lane] = own.proportional[lane]
            integral[lane] = own.integral[lane]
            derivative[lane] = own.derivative[lane]
            derivativeFilter[lane] = own.derivativeFilter[lane]
            measurementFilter[lane] = own.measurementFilter[lane]
            setpointWeight[lane] = own.setpointWeight[lane]
            tracking[lane] = own.tracking[lane]
        }
    }
}

/// Gains of a seven-parameter PID, per sample and in parts of the ranges.
package struct SamplePIDGains: Equatable, Sendable, Codable {
    package var proportional: Double
    package var integral: Double
    package var derivative = 0.0
    package var derivativeFilterSamples = 0.0
    package var measurementFilterSamples = 0.0
    package var setpointWeight = 1.0
    package var tracking: Double

    package init(proportional: Double, integral: Double, tracking: Double) {
        self.proportional = proportional
        self.integral = integral
        self.tracking = tracking
    }
}
