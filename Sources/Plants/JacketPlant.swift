/// A stirred vessel in a heated jacket, with a cold feed: two stages, for a cascade.
///
/// `Cj dTj/dt = P u / 100 - UA (Tj - T) - gj (Tj - Ta)`,
/// `Cv dT/dt = UA (Tj - T) - c F (T - Tf - w) - gv (T - Ta)`, `dF/dt = (F0 + f - F) / tf`.
/// Temperatures in C, heater `u` in %, feed in g/s, powers in W. The feed pushes out as much as it
/// brings, and is measured: the third output, behind the lag of its valve. Inputs 2 and 3 are what
/// disturbs: more feed `f`, and a warmer one `w`, which nobody measures.
public struct JacketPlant<Scalar: PlantScalar>: Plant {
    /// Heat capacity of water, J/(g K).
    static var heatCapacity: Double { 4.186 }
    /// Steps in the fastest of the times: leaves an error below 1e-6 C.
    static var substepsPerTime: Double { 20 }

    @usableFromInline let wattsPerPercent: Scalar
    @usableFromInline let exchange: Scalar
    @usableFromInline let jacketLoss: Scalar
    @usableFromInline let vesselLoss: Scalar
    @usableFromInline let perJacket: Scalar
    @usableFromInline let perVessel: Scalar
    @usableFromInline let feed: Scalar
    @usableFromInline let feedHeat: Scalar
    @usableFromInline let feedTemperature: Scalar
    @usableFromInline let feedRate: Scalar
    @usableFromInline let ambient: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// The defaults are 10 kg of water in a jacket of 2 kg with 4 kW: 41 s and 170 s.
    /// - Parameters:
    ///   - power: Of the heater at 100 %, W.
    ///   - jacket: Heat capacity of the jacket, J/K.
    ///   - vessel: Heat capacity of the vessel, J/K.
    ///   - exchange: Between jacket and vessel, W/K.
    ///   - jacketLoss: From the jacket to the surroundings, W/K.
    ///   - vesselLoss: From the vessel to the surroundings, W/K.
    ///   - feed: Without input 2, g/s.
    ///   - feedTemperature: C.
    ///   - feedSeconds: Lag of the feed's valve.
    ///   - ambient: C.
    public init(
        power: Scalar = Scalar(4000), jacket: Scalar = Scalar(8400),
        vessel: Scalar = Scalar(42_000), exchange: Scalar = Scalar(200),
        jacketLoss: Scalar = Scalar(5), vesselLoss: Scalar = Scalar(5),
        feed: Scalar = Scalar(10), feedTemperature: Scalar = Scalar(15),
        feedSeconds: Scalar = Scalar(5), ambient: Scalar = Scalar(20),
        deadTimeSeconds: Double = 2
    ) {
        wattsPerPercent = power / Scalar(100)
        self.exchange = exchange
        self.jacketLoss = jacketLoss
        self.vesselLoss = vesselLoss
        perJacket = Scalar(1) / jacket
        perVessel = Scalar(1) / vessel
        self.feed = feed
        feedHeat = Scalar(Self.heatCapacity)
        self.feedTemperature = feedTemperature
        feedRate = Scalar(1) / feedSeconds
        self.ambient = ambient
        self.deadTimeSeconds = deadTimeSeconds
        let jacketSeconds = jacket / (exchange + jacketLoss)
        let vesselSeconds = vessel / (exchange + vesselLoss + Scalar(Self.heatCapacity) * feed)
        let fastest = min(
            jacketSeconds.leastValue, vesselSeconds.leastValue, feedSeconds.leastValue)
        maximumSubstepSeconds = fastest / Self.substepsPerTime
    }

    public var inputs: [PlantSignal] {
        [
            PlantSignal("heater", unit: "%", range: 0...100),
            PlantSignal("more feed", unit: "g/s", range: -10...30),
            PlantSignal("warmer feed", unit: "C", range: -15...50),
        ]
    }

    public var outputs: [PlantSignal] {
        [
            PlantSignal("vessel", unit: "C", range: 0...100),
            PlantSignal("jacket", unit: "C", range: 0...150),
            PlantSignal("feed", unit: "g/s", range: 0...40),
        ]
    }

    public var stateCount: Int { 3 }

    public var typicalPeriodSeconds: Double { 1 }

    /// Where it comes to rest with the heater off.
    public var initialOutput: [Scalar] {
        let through = exchange * jacketLoss / (exchange + jacketLoss)
        let cooling = feedHeat * feed
        let vessel =
            ((through + vesselLoss) * ambient + cooling * feedTemperature)
            / (through + vesselLoss + cooling)
        let jacket = (exchange * vessel + jacketLoss * ambient) / (exchange + jacketLoss)
        return [vessel, jacket, feed]
    }

    /// State: vessel, jacket, feed.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let through = exchange * (state[1] - state[0])
        let flow = Scalar.maximum(state[2], Scalar(0))
        let cooling = feedHeat * flow * (state[0] - feedTemperature - input[2])
        let vesselLosses = vesselLoss * (state[0] - ambient)
        let jacketLosses = jacketLoss * (state[1] - ambient)
        rate[0] = (through - cooling - vesselLosses) * perVessel
        rate[1] = (wattsPerPercent * input[0] - through - jacketLosses) * perJacket
        rate[2] = (feed + input[1] - state[2]) * feedRate
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar { state[index] }

    /// Vessel and feed decide; the jacket is where they need it, whatever is asked of it.
    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let (vessel, flow) = (output[0], Scalar.maximum(output[2], Scalar(0)))
        let cooling = feedHeat * flow * (vessel - feedTemperature)
        let through = cooling + vesselLoss * (vessel - ambient)
        let jacket = vessel + through / exchange
        let watts = through + jacketLoss * (jacket - ambient)
        return PlantEquilibrium(
            state: [vessel, jacket, output[2]],
            input: [watts / wattsPerPercent, output[2] - feed, Scalar(0)])
    }
}
