/// A continuously stirred reactor with an exothermic reaction, cooled by a jacket.
///
/// The reactor of Seborg, Edgar and Mellichamp as the APMonitor course uses it:
/// `dCa/dt = q/V (Caf - Ca) - r`, `dT/dt = q/V (Tf - T) + dH/(rho Cp) r + UA/(V rho Cp) (Tc - T)`,
/// `r = k0 exp(-E/R/T) Ca`, there per minute, here per second. Temperatures in K, Ca in mol/m^3.
/// Open-loop unstable around 350 K: a warm jacket ignites it.
public struct CstrPlant<Scalar: PlantScalar>: Plant {
    static var secondsPerMinute: Double { 60 }
    /// Volume, m^3, density times specific heat, J/(m^3 K), and heat of reaction, J/mol.
    static var volume: Double { 100 }
    static var heatCapacity: Double { 1000 * 0.239 }
    static var reactionHeat: Double { 5e4 }
    /// Activation energy over the gas constant, K, and the rate at infinite temperature, 1/min.
    @usableFromInline static var activationKelvin: Double { 8750 }
    static var frequencyFactor: Double { 7.2e10 }
    /// Follows the ignition, where the reaction has a time constant of a few tenths of a second.
    static var substepSeconds: Double { 0.05 }

    @usableFromInline let turnover: Scalar
    @usableFromInline let frequency: Scalar
    @usableFromInline let heating: Scalar
    @usableFromInline let cooling: Scalar
    @usableFromInline let feedKelvin: Scalar
    @usableFromInline let feedConcentration: Scalar
    let initialKelvin: Scalar
    public let deadTimeSeconds: Double

    /// - Parameters:
    ///   - flow: Through the reactor, m^3/min.
    ///   - feedKelvin: Temperature of the feed.
    ///   - feedConcentration: Of the feed, mol/m^3.
    ///   - heatTransfer: Of the jacket, UA, J / (min K).
    ///   - initialKelvin: Temperature at the start; 324.475443431599 K is where 300 K of coolant
    ///     hold it.
    public init(
        flow: Scalar = Scalar(100), feedKelvin: Scalar = Scalar(350),
        feedConcentration: Scalar = Scalar(1), heatTransfer: Scalar = Scalar(5e4),
        initialKelvin: Scalar = Scalar(324.475443431599), deadTimeSeconds: Double = 0
    ) {
        let minute = Scalar(Self.secondsPerMinute)
        turnover = flow / Scalar(Self.volume) / minute
        frequency = Scalar(Self.frequencyFactor / Self.secondsPerMinute)
        heating = Scalar(Self.reactionHeat / Self.heatCapacity)
        cooling = heatTransfer / Scalar(Self.volume * Self.heatCapacity) / minute
        self.feedKelvin = feedKelvin
        self.feedConcentration = feedConcentration
        self.initialKelvin = initialKelvin
        self.deadTimeSeconds = deadTimeSeconds
    }

    public var inputs: [PlantSignal] { [PlantSignal("coolant", unit: "K", range: 250...350)] }

    public var outputs: [PlantSignal] { [PlantSignal("temperature", unit: "K", range: 250...550)] }

    public var stateCount: Int { 2 }

    public var typicalPeriodSeconds: Double { 2 }

    public var maximumSubstepSeconds: Double { Self.substepSeconds }

    public var initialOutput: [Scalar] { [initialKelvin] }

    /// State: concentration, temperature.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let (concentration, kelvin) = (state[0], state[1])
        let reaction = reactionRate(kelvin) * concentration
        rate[0] = turnover * (feedConcentration - concentration) - reaction
        rate[1] =
            turnover * (feedKelvin - kelvin) + heating * reaction + cooling * (input[0] - kelvin)
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar { state[1] }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let kelvin = output[0]
        let rate = reactionRate(kelvin)
        let concentration = turnover * feedConcentration / (turnover + rate)
        let heat = turnover * (feedKelvin - kelvin) + heating * rate * concentration
        return PlantEquilibrium(state: [concentration, kelvin], input: [kelvin - heat / cooling])
    }

    /// Reactions per second and unit of concentration.
    @inlinable
    func reactionRate(_ kelvin: Scalar) -> Scalar {
        frequency * Scalar.exp(-Scalar(Self.activationKelvin) / kelvin)
    }
}
