/// The Temperature Control Lab: two heaters side by side, each with a sensor behind a lag.
///
/// The model of the `tclab` public (jckantor/TCLab, `TCLabModel`), with heaters `H`, sensors `T`:
/// `dH1 = P1 Q1 / 5720 + (Ta - H1) / 20 - (H1 - H2) / 100`, `dH2` the mirror image,
/// `dTi = (Hi - Ti) / 140`, per second. Temperatures in C, inputs in %. The original integrates by
/// Euler at 0.2 s or less; here it is Runge-Kutta, which agrees with the exact solution.
/// Noise and quantiser of the original belong to the simulated sensor.
public struct TclabPlant<Scalar: PlantScalar>: Plant {
    /// Firmware units of power per % and C/s.
    @usableFromInline static var powerScale: Double { 5720 }
    /// Steps in the loss time: leaves an error below 1e-7 C.
    static var substepsPerLoss: Double { 40 }

    @usableFromInline let ambient: Scalar
    @usableFromInline let heating1: Scalar
    @usableFromInline let heating2: Scalar
    @usableFromInline let lossRate: Scalar
    @usableFromInline let couplingRate: Scalar
    @usableFromInline let sensorRate: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// - Parameters:
    ///   - ambient: Temperature around the board, C.
    ///   - power1: Power of heater 1, of 255.
    ///   - power2: Power of heater 2, of 255.
    ///   - lossSeconds: Time in which a heater cools towards ambient.
    ///   - couplingSeconds: Time in which the heaters share their heat.
    ///   - sensorSeconds: Lag of a sensor behind its heater.
    public init(
        ambient: Scalar = Scalar(21), power1: Scalar = Scalar(200), power2: Scalar = Scalar(100),
        lossSeconds: Scalar = Scalar(20), couplingSeconds: Scalar = Scalar(100),
        sensorSeconds: Scalar = Scalar(140), deadTimeSeconds: Double = 0
    ) {
        self.ambient = ambient
        heating1 = power1 / Scalar(Self.powerScale)
        heating2 = power2 / Scalar(Self.powerScale)
        lossRate = Scalar(1) / lossSeconds
        couplingRate = Scalar(1) / couplingSeconds
        sensorRate = Scalar(1) / sensorSeconds
        self.deadTimeSeconds = deadTimeSeconds
        let fastest = min(
            lossSeconds.leastValue, couplingSeconds.leastValue, sensorSeconds.leastValue)
        maximumSubstepSeconds = fastest / Self.substepsPerLoss
    }

    public var inputs: [PlantSignal] {
        [
            PlantSignal("heater 1", unit: "%", range: 0...100),
            PlantSignal("heater 2", unit: "%", range: 0...100),
        ]
    }

    public var outputs: [PlantSignal] {
        [
            PlantSignal("temperature 1", unit: "C", range: -50...132.2),
            PlantSignal("temperature 2", unit: "C", range: -50...132.2),
        ]
    }

    public var stateCount: Int { 4 }

    public var typicalPeriodSeconds: Double { 1 }

    /// Cold: everything at ambient.
    public var initialOutput: [Scalar] { [ambient, ambient] }

    /// State: heater 1, heater 2, sensor 1, sensor 2.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let (heater1, heater2) = (state[0], state[1])
        let exchange = (heater1 - heater2) * couplingRate
        rate[0] = heating1 * input[0] + (ambient - heater1) * lossRate - exchange
        rate[1] = heating2 * input[1] + (ambient - heater2) * lossRate + exchange
        rate[2] = (heater1 - state[2]) * sensorRate
        rate[3] = (heater2 - state[3]) * sensorRate
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar { state[2 + index] }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let exchange = (output[0] - output[1]) * couplingRate
        let input1 = ((output[0] - ambient) * lossRate + exchange) / heating1
        let input2 = ((output[1] - ambient) * lossRate - exchange) / heating2
        return PlantEquilibrium(
            state: [output[0], output[1], output[0], output[1]], input: [input1, input2])
    }
}
