/// One heater that loses heat by convection and by radiation, with a sensor behind a lag.
///
/// The energy balance of the APMonitor course for the Temperature Control Lab:
/// `m cp dH/dt = alpha Q + U A (Ta - H) + emissivity sigma A (Ta^4 - H^4)`, `dT/dt = (H - T) / ts`.
/// Radiation makes the gain fall as the temperature rises. Temperatures in C outside and K inside,
/// input in %.
public struct HeaterPlant<Scalar: PlantScalar>: Plant {
    /// The Stefan-Boltzmann constant, W / (m^2 K^4).
    static var stefanBoltzmann: Double { 5.670374419e-8 }
    @usableFromInline static var kelvinAtZeroC: Double { 273.15 }
    /// Steps in the sensor's lag: leaves an error below 1e-6 C.
    static var substepsPerLag: Double { 20 }

    @usableFromInline let ambientKelvin: Scalar
    @usableFromInline let heating: Scalar
    @usableFromInline let convection: Scalar
    @usableFromInline let radiation: Scalar
    @usableFromInline let sensorRate: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// - Parameters:
    ///   - ambient: Temperature around the heater, C.
    ///   - wattsPerPercent: Power of the heater.
    ///   - heatCapacity: Mass times specific heat, J/K.
    ///   - convection: Heat transfer coefficient, W / (m^2 K).
    ///   - area: Surface, m^2.
    ///   - emissivity: Of the surface, 0 to 1.
    ///   - sensorSeconds: Lag of the sensor.
    public init(
        ambient: Scalar = Scalar(23), wattsPerPercent: Scalar = Scalar(0.01),
        heatCapacity: Scalar = Scalar(2), convection: Scalar = Scalar(10),
        area: Scalar = Scalar(12e-4), emissivity: Scalar = Scalar(0.9),
        sensorSeconds: Scalar = Scalar(20), deadTimeSeconds: Double = 15
    ) {
        ambientKelvin = ambient + Scalar(Self.kelvinAtZeroC)
        heating = wattsPerPercent / heatCapacity
        self.convection = convection * area / heatCapacity
        radiation = emissivity * Scalar(Self.stefanBoltzmann) * area / heatCapacity
        sensorRate = Scalar(1) / sensorSeconds
        self.deadTimeSeconds = deadTimeSeconds
        let loss = heatCapacity / (convection * area)
        let fastest = min(loss.leastValue, sensorSeconds.leastValue)
        maximumSubstepSeconds = fastest / Self.substepsPerLag
    }

    public var inputs: [PlantSignal] { [PlantSignal("heater", unit: "%", range: 0...100)] }

    public var outputs: [PlantSignal] { [PlantSignal("temperature", unit: "C", range: -50...300)] }

    public var stateCount: Int { 2 }

    public var typicalPeriodSeconds: Double { 5 }

    /// Cold: at ambient.
    public var initialOutput: [Scalar] { [ambientKelvin - Scalar(Self.kelvinAtZeroC)] }

    /// State: heater and sensor, K.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        rate[0] = heating * input[0] - loss(state[0])
        rate[1] = (state[0] - state[1]) * sensorRate
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar {
        state[1] - Scalar(Self.kelvinAtZeroC)
    }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let kelvin = output[0] + Scalar(Self.kelvinAtZeroC)
        return PlantEquilibrium(state: [kelvin, kelvin], input: [loss(kelvin) / heating])
    }

    /// Cooling rate by both ways, K/s. The difference of fourth powers is factored, so that it
    /// keeps its precision near ambient.
    @inlinable
    func loss(_ kelvin: Scalar) -> Scalar {
        let excess = kelvin - ambientKelvin
        let squares = kelvin * kelvin + ambientKelvin * ambientKelvin
        return excess * (convection + radiation * (kelvin + ambientKelvin) * squares)
    }
}
