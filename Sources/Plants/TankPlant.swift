/// A tank filled through a slow valve, emptied through a hole at its bottom.
///
/// `A dh/dt = q max(x, 0) / 100 - a sqrt(2 g h)`, `dx/dt = (u - x) / tv`, the outflow as `Outflow`
/// says. Level in cm, valve in %, flows in cm^3/s. The wall is taken to be high enough.
public struct TankPlant<Scalar: PlantScalar>: Plant {
    /// Steps in the valve's lag: leaves an error below 1e-4 cm, also when running empty.
    static var substepsPerLag: Double { 20 }

    @usableFromInline let perArea: Scalar
    @usableFromInline let flowPerPercent: Scalar
    @usableFromInline let outflow: Outflow<Scalar>
    @usableFromInline let valveRate: Scalar
    @usableFromInline let initialLevel: Scalar
    public let deadTimeSeconds: Double
    public let maximumSubstepSeconds: Double

    /// - Parameters:
    ///   - area: Cross section of the tank, cm^2.
    ///   - fullFlow: Inflow at 100 %, cm^3/s.
    ///   - hole: Area of the outlet, cm^2.
    ///   - valveSeconds: Lag of the valve.
    ///   - initialLevel: Level at the start, cm.
    public init(
        area: Scalar = Scalar(200), fullFlow: Scalar = Scalar(500), hole: Scalar = Scalar(0.79),
        valveSeconds: Scalar = Scalar(3), initialLevel: Scalar = Scalar(20),
        deadTimeSeconds: Double = 3
    ) {
        perArea = Scalar(1) / area
        flowPerPercent = fullFlow / Scalar(100)
        outflow = Outflow(hole: hole)
        valveRate = Scalar(1) / valveSeconds
        self.initialLevel = initialLevel
        self.deadTimeSeconds = deadTimeSeconds
        maximumSubstepSeconds = min(
            valveSeconds.leastValue / Self.substepsPerLag, outflow.filmSeconds(area: area))
    }

    public var inputs: [PlantSignal] { [PlantSignal("valve", unit: "%", range: 0...100)] }

    public var outputs: [PlantSignal] { [PlantSignal("level", unit: "cm", range: 0...210)] }

    public var stateCount: Int { 2 }

    public var typicalPeriodSeconds: Double { 1 }

    public var initialOutput: [Scalar] { [initialLevel] }

    /// State: level, valve opening.
    @inlinable
    @_lifetime(rate: copy rate)
    public func derivative(
        state: Span<Scalar>, input: Span<Scalar>, into rate: inout MutableSpan<Scalar>
    ) {
        let inflow = flowPerPercent * Scalar.maximum(state[1], Scalar(0))
        rate[0] = (inflow - outflow.flow(state[0])) * perArea
        rate[1] = (input[0] - state[1]) * valveRate
    }

    @inlinable
    public func output(_ index: Int, state: Span<Scalar>) -> Scalar {
        Scalar.maximum(state[0], Scalar(0))
    }

    public func equilibrium(output: [Scalar]) throws(PlantFault) -> PlantEquilibrium<Scalar> {
        try requireOutputs(output.count)
        let level = Scalar.maximum(output[0], Scalar(0))
        let opening = outflow.flow(level) / flowPerPercent
        return PlantEquilibrium(state: [level, opening], input: [opening])
    }
}
