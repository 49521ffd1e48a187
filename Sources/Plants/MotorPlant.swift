/// A DC motor with Coulomb friction: voltage in, speed out.
///
/// `L di/dt = V - R i - K w`, `J dw/dt = K i - b w - Tc tanh(w / ws)`. The friction torque turns
/// its sign with the speed, smoothly over about `ws`, so that the motor sticks near standstill
/// without a discontinuity. SI units: V, A, rad/s, Nm.
public struct MotorPlant<Scalar: PlantScalar>: Plant {
    /// Steps in the fastest of the times: leaves an error below 1e-5 rad/s.
    static var substepsPerTime: Double { 10 }

    @usableFromInline let resistance: Scalar
    @usableFromInline let perInductance: Scalar
    @usableFromInline let torqueConstant: Scalar
    @usableFromInline let perInertia: Scalar
    @usableFromInline let viscous: Scalar
    @usableFromInline let coulomb: Scalar
    @usableFromInline let perTurningSpeed: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// The defaults are those of a 12 V motor for 100 rad/s: 10.4 rad/s a volt, 0.12 s mechanical
    /// and 15 ms electrical time, friction of a tenth of the stall torque.
    /// - Parameters:
    ///   - resistance: Ohm.
    ///   - inductance: H.
    ///   - torqueConstant: Nm/A, which is also the back EMF in V s/rad.
    ///   - inertia: kg m^2.
    ///   - viscous: Nm s/rad.
    ///   - coulomb: Nm.
    ///   - turningSpeed: Speed at which the Coulomb friction has reached 76 %, rad/s.
    public init(
        resistance: Scalar = Scalar(1), inductance: Scalar = Scalar(0.015),
        torqueConstant: Scalar = Scalar(0.08), inertia: Scalar = Scalar(9.2e-4),
        viscous: Scalar = Scalar(1.28e-3), coulomb: Scalar = Scalar(0.092),
        turningSpeed: Scalar = Scalar(2), deadTimeSeconds: Double = 0.01
    ) {
        self.resistance = resistance
        perInductance = Scalar(1) / inductance
        self.torqueConstant = torqueConstant
        perInertia = Scalar(1) / inertia
        self.viscous = viscous
        self.coulomb = coulomb
        perTurningSpeed = Scalar(1) / turningSpeed
        self.deadTimeSeconds = deadTimeSeconds
        let electrical = inductance / resistance
        let mechanical = inertia / (viscous + coulomb / turningSpeed)
        let exchange = Scalar.sqrt(inertia * inductance) / torqueConstant
        let fastest = min(electrical.leastValue, mechanical.leastValue, exchange.leastValue)
        maximumSubstepSeconds = fastest / Self.substepsPerTime
    }

    public var inputs: [PlantSignal] { [PlantSignal("voltage", unit: "V", range: -12...12)] }

    public var outputs: [PlantSignal] { [PlantSignal("speed", unit: "rad/s", range: -130...130)] }

    public var stateCount: Int { 2 }

    public var typicalPeriodSeconds: Double { 0.01 }

    /// At standstill.
    public var initialOutput: [Scalar] { [Scalar(0)] }

    /// State: current, speed.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let (current, speed) = (state[0], state[1])
        let voltage = input[0] - resistance * current - torqueConstant * speed
        rate[0] = voltage * perInductance
        rate[1] = (torqueConstant * current - friction(speed)) * perInertia
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar { state[1] }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let speed = output[0]
        let current = friction(speed) / torqueConstant
        let voltage = resistance * current + torqueConstant * speed
        return PlantEquilibrium(state: [current, speed], input: [voltage])
    }

    /// Torque against the motion, Nm.
    @inlinable
    func friction(_ speed: Scalar) -> Scalar {
        viscous * speed + coulomb * Scalar.tanh(speed * perTurningSpeed)
    }
}
