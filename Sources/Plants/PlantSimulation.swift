/// A plant in motion: its state, its dead time, and the step that advances both by one period.
///
/// The input given to `step` is held over the period. The load is added to the delayed input, in
/// the unit of the input: it acts at once, behind the dead time. Nothing is limited or rounded
/// here; that is the actuator's part.
public struct PlantSimulation<Model: Plant>: Sendable {
    public typealias Scalar = Model.Scalar

    /// Shorter than any controller runs, and longer than any sample of these processes.
    public static var allowedPeriodSeconds: ClosedRange<Double> { 1e-6...86_400 }
    /// Bounds the time one step can take.
    public static var limitSubsteps: Int { 1_000_000 }

    public let plant: Model
    public let periodSeconds: Double

    @usableFromInline var current: [Scalar]
    @usableFromInline var delay: InputDelay<Scalar>
    @usableFromInline var method: RungeKutta<Scalar>
    @usableFromInline var acting: [Scalar]
    @usableFromInline let earlierCount: Int
    @usableFromInline let earlierSubstep: Scalar
    @usableFromInline let laterCount: Int
    @usableFromInline let laterSubstep: Scalar

    /// Starts at rest at the plant's initial outputs.
    public init(_ plant: Model, periodSeconds: Double) throws(PlantFault) {
        let start = try plant.equilibrium(output: plant.initialOutput)
        try self.init(plant, periodSeconds: periodSeconds, start: start)
    }

    /// Starts in `start`, whose input is taken to have been held for longer than the dead time.
    public init(
        _ plant: Model, periodSeconds: Double, start: PlantEquilibrium<Scalar>
    ) throws(PlantFault) {
        guard Self.allowedPeriodSeconds.contains(periodSeconds) else {
            throw .unusablePeriod(
                foundSeconds: periodSeconds, allowedSeconds: Self.allowedPeriodSeconds)
        }
        guard start.state.count == plant.stateCount else {
            throw .wrongCount(of: .states, found: start.state.count, expected: plant.stateCount)
        }
        guard start.input.count == plant.inputs.count else {
            throw .wrongCount(of: .inputs, found: start.input.count, expected: plant.inputs.count)
        }
        delay = try InputDelay(
            deadTimeSeconds: plant.deadTimeSeconds, periodSeconds: periodSeconds,
            initial: start.input)
        earlierCount = try Self.substeps(delay.earlierSeconds, of: plant)
        laterCount = try Self.substeps(delay.laterSeconds, of: plant)
        earlierSubstep = Scalar(delay.earlierSeconds / Double(max(1, earlierCount)))
        laterSubstep = Scalar(delay.laterSeconds / Double(max(1, laterCount)))
        self.plant = plant
        self.periodSeconds = periodSeconds
        current = start.state
        method = RungeKutta(stateCount: plant.stateCount)
        acting = start.input
    }

    /// Advances by one period under a held input and a load.
    /// - Precondition: `input` and `load` are as many as the plant has inputs.
    /// - Complexity: four derivatives a substep; no allocation.
    @inlinable
    public mutating func step(input: Span<Scalar>, load: Span<Scalar>) {
        delay.push(input)
        if earlierCount > 0 {
            for index in 0..<acting.count { acting[index] = delay.earlier(index) + load[index] }
            method.advance(
                plant, state: &current, input: acting, substep: earlierSubstep,
                count: earlierCount)
        }
        for index in 0..<acting.count { acting[index] = delay.later(index) + load[index] }
        method.advance(
            plant, state: &current, input: acting, substep: laterSubstep, count: laterCount)
    }

    /// The state as it is now, in the order the plant documents.
    public var state: [Scalar] { current }

    /// One output as it is now, without noise, in its unit.
    @inlinable
    public func output(_ index: Int) -> Scalar {
        plant.output(index, state: current.span)
    }

    private static func substeps(_ seconds: Double, of plant: Model) throws(PlantFault) -> Int {
        let count = (seconds / plant.maximumSubstepSeconds).rounded(.up)
        guard count <= Double(limitSubsteps) else {
            throw .tooManySubsteps(found: count, limit: limitSubsteps)
        }
        return seconds > 0 ? max(1, Int(count)) : 0
    }
}
