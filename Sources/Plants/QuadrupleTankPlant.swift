/// Four tanks, two pumps: each pump fills one lower tank and the upper tank above the other.
///
/// K.H. Johansson, The quadruple-tank process, IEEE Trans. Control Systems Technology 8 (2000).
/// `A1 dh1 = -q1 + q3 + g1 k1 v1`, `A2 dh2 = -q2 + q4 + g2 k2 v2`, `A3 dh3 = -q3 + (1-g2) k2 v2`,
/// `A4 dh4 = -q4 + (1-g1) k1 v1`, with `qi = ai sqrt(2 g hi)` as `Outflow` says. Pumps in V,
/// levels in cm. The valves `g1`, `g2` decide: a sum above 1 is minimum phase, below 1 it is not.
public struct QuadrupleTankPlant<Scalar: PlantScalar>: Plant {
    /// Areas of tanks 1 and 3, and of tanks 2 and 4, cm^2.
    static var area13: Double { 28 }
    static var area24: Double { 32 }
    /// Areas of the holes of tanks 1 and 3, and of tanks 2 and 4, cm^2.
    static var hole13: Double { 0.071 }
    static var hole24: Double { 0.057 }

    /// Closer to `g1 + g2 = 1` than this, rounding decides the pumps.
    static var leastDeterminant: Double { 1e-6 }

    @usableFromInline let pump1: Scalar
    @usableFromInline let pump2: Scalar
    @usableFromInline let valve1: Scalar
    @usableFromInline let valve2: Scalar
    @usableFromInline let outflow13: Outflow<Scalar>
    @usableFromInline let outflow24: Outflow<Scalar>
    @usableFromInline let perArea13: Scalar
    @usableFromInline let perArea24: Scalar
    let initialVolts: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// The defaults are the minimum-phase setting of the paper.
    /// - Parameters:
    ///   - pump1: Flow of pump 1, cm^3/s a volt.
    ///   - pump2: Flow of pump 2, cm^3/s a volt.
    ///   - valve1: Part of pump 1 that goes to tank 1; the rest goes to tank 4.
    ///   - valve2: Part of pump 2 that goes to tank 2; the rest goes to tank 3.
    ///   - initialVolts: Both pumps at the start.
    public init(
        pump1: Scalar = Scalar(3.33), pump2: Scalar = Scalar(3.35),
        valve1: Scalar = Scalar(0.70), valve2: Scalar = Scalar(0.60),
        initialVolts: Scalar = Scalar(3), deadTimeSeconds: Double = 0
    ) {
        self.pump1 = pump1
        self.pump2 = pump2
        self.valve1 = valve1
        self.valve2 = valve2
        outflow13 = Outflow(hole: Scalar(Self.hole13))
        outflow24 = Outflow(hole: Scalar(Self.hole24))
        perArea13 = Scalar(1 / Self.area13)
        perArea24 = Scalar(1 / Self.area24)
        self.initialVolts = initialVolts
        self.deadTimeSeconds = deadTimeSeconds
        // Leaves an error below 1e-9 cm, as the tanks are a hundred times slower than their films.
        maximumSubstepSeconds = min(
            outflow13.filmSeconds(area: Scalar(Self.area13)),
            outflow24.filmSeconds(area: Scalar(Self.area24)))
    }

    public var inputs: [PlantSignal] {
        [
            PlantSignal("pump 1", unit: "V", range: 0...10),
            PlantSignal("pump 2", unit: "V", range: 0...10),
        ]
    }

    public var outputs: [PlantSignal] {
        [
            PlantSignal("level 1", unit: "cm", range: 0...20),
            PlantSignal("level 2", unit: "cm", range: 0...20),
        ]
    }

    public var stateCount: Int { 4 }

    public var typicalPeriodSeconds: Double { 1 }

    /// The levels that both pumps hold at the initial voltage.
    public var initialOutput: [Scalar] {
        let (flow1, flow2) = (pump1 * initialVolts, pump2 * initialVolts)
        let one = Scalar(1)
        return [
            outflow13.level(valve1 * flow1 + (one - valve2) * flow2),
            outflow24.level(valve2 * flow2 + (one - valve1) * flow1),
        ]
    }

    /// State: levels 1 to 4. A pump does not suck.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let flow1 = pump1 * Scalar.maximum(input[0], Scalar(0))
        let flow2 = pump2 * Scalar.maximum(input[1], Scalar(0))
        let (direct1, direct2) = (valve1 * flow1, valve2 * flow2)
        let (out3, out4) = (outflow13.flow(state[2]), outflow24.flow(state[3]))
        rate[0] = (out3 - outflow13.flow(state[0]) + direct1) * perArea13
        rate[1] = (out4 - outflow24.flow(state[1]) + direct2) * perArea24
        rate[2] = (flow2 - direct2 - out3) * perArea13
        rate[3] = (flow1 - direct1 - out4) * perArea24
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar {
        Scalar.maximum(state[index], Scalar(0))
    }

    /// Solves the two balances of the lower tanks for the pumps. At `g1 + g2 = 1` the lower levels
    /// depend on each other and there is no such state. Nor is there when a pump would have to
    /// suck: its input then comes out negative, with an empty upper tank.
    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let one = Scalar(1)
        let (out1, out2) = (outflow13.flow(output[0]), outflow24.flow(output[1]))
        let determinant = valve1 + valve2 - one
        guard abs(determinant.leastValue) >= Self.leastDeterminant else { throw .noEquilibrium }
        let flow1 = (valve2 * out1 - (one - valve2) * out2) / determinant
        let flow2 = (valve1 * out2 - (one - valve1) * out1) / determinant
        let level3 = outflow13.level((one - valve2) * flow2)
        let level4 = outflow24.level((one - valve1) * flow1)
        return PlantEquilibrium(
            state: [output[0], output[1], level3, level4],
            input: [flow1 / pump1, flow2 / pump2])
    }
}
