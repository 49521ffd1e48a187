/// A PID in the units of process and actuator: what a rule gives.
///
/// `u = kp (b r - y + (1/ti) integral of (r - y) - td dy/dt)`, the derivative filtered by
/// `1 / (1 + tf s)`. The same equation as a configuration's `[loop.pid]`.
package struct PIDGains: Equatable, Sendable {
    /// Actuator unit for each unit of the measurement.
    package var kp: Double
    /// 0 is no integral action.
    package var tiSeconds: Double
    /// 0 is no derivative action.
    package var tdSeconds: Double
    package var tfSeconds: Double
    /// Weight of the setpoint in the proportional part, 0 to 1.
    package var setpointWeight: Double

    package init(
        kp: Double, tiSeconds: Double = 0, tdSeconds: Double = 0, tfSeconds: Double = 0,
        setpointWeight: Double = 1
    ) {
        self.kp = kp
        self.tiSeconds = tiSeconds
        self.tdSeconds = tdSeconds
        self.tfSeconds = tfSeconds
        self.setpointWeight = setpointWeight
    }

    /// Integral gain kp / ti, per second.
    package var ki: Double { tiSeconds > 0 ? kp / tiSeconds : 0 }

    /// Derivative gain kp td, times seconds.
    package var kd: Double { kp * tdSeconds }

    /// From measurement to command, sign turned, at `frequency` in rad/s.
    package func response(at frequency: Double) -> Complex {
        let s = Complex(0, frequency)
        var sum = Complex(kp)
        if ki != 0 { sum = sum + Complex(0, -ki / frequency) }
        if kd != 0 { sum = sum + (kd * s) / (Complex(1) + tfSeconds * s) }
        return sum
    }

    /// The same for the law as it runs each period: the integral takes the error of its own tick,
    /// the derivative is a backward difference through `Ts / (Tf + Ts)`.
    package func sampledResponse(at frequency: Double, periodSeconds: Double) -> Complex {
        let delay = Complex(magnitude: 1, phase: -frequency * periodSeconds)
        let change = Complex(1) - delay
        var sum = Complex(kp)
        if ki != 0 { sum = sum + Complex(ki * periodSeconds) / change }
        if kd != 0 {
            let share = periodSeconds / (tfSeconds + periodSeconds)
            let filter = Complex(share) / (Complex(1) - (1 - share) * delay)
            sum = sum + (kd / periodSeconds) * (change * filter)
        }
        return sum
    }
}
