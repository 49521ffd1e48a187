import Control
import FixedPoint
import ModelFile

/// The equations of the PID in double precision, with the gains that the integers really have.
struct PIDReference {
    let kp: Double
    let ki: Double
    let kd: Double
    let filter: Double
    let measurementFilter: Double
    let weight: Double
    let tracking: Double
    private(set) var integrator = 0.0
    private var derivative = 0.0
    private var filtered: Double?
    private var previous: Double?
    private var command = 0.0

    init(_ parameters: PIDParameters) {
        kp = parameters.proportional.doubleValue
        ki = parameters.integral.doubleValue
        kd = parameters.derivative.doubleValue
        filter = parameters.derivativeFilter.doubleValue
        measurementFilter = parameters.measurementFilter.doubleValue
        weight = parameters.setpointWeight.doubleValue
        tracking = parameters.tracking.doubleValue
    }

    mutating func update(setpoint: Double, measurement raw: Double) -> Double {
        let held = filtered ?? raw
        let measurement = held + measurementFilter * (raw - held)
        filtered = measurement
        let moved = measurement - (previous ?? measurement)
        previous = measurement
        derivative += filter * (min(max(-kd * moved, -8), 8) - derivative)
        integrator += ki * (setpoint - measurement)
        command = kp * (weight * setpoint - measurement) + integrator + derivative
        return command
    }

    mutating func settle(applied: Double, isActing: Bool) {
        guard ki != 0 else { return }
        integrator += (isActing ? tracking : 1) * (applied - command)
        if !isActing { command = applied }
    }

    mutating func forgetSlope() {
        previous = nil
    }
}

extension PIDParameters {
    /// Gains from doubles; those that fixed point cannot hold count as zero.
    init(
        kp: Double, ki: Double = 0, kd: Double = 0, filter: Double = 1, b: Double = 1,
        tracking: Double = 0, measurementFilter: Double = 1
    ) {
        func gain(_ value: Double) -> Gain { Gain(value) ?? .zero }
        self.init(
            proportional: gain(kp), integral: gain(ki), derivative: gain(kd),
            derivativeFilter: gain(filter),
            measurementFilter: gain(measurementFilter), setpointWeight: gain(b),
            tracking: gain(tracking))
    }
}

extension Q3_28 {
    /// The nearest fraction; ends of the format where it does not fit.
    static func nearest(_ value: Double) -> Q3_28 {
        Q3_28(min(max(value, -7.99), 7.99)) ?? .zero
    }
}
