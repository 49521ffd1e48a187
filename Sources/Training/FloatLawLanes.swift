package import Episodes

/// A float law that runs in sixteen episodes: for scores, without a way back.
package struct FloatLawLanes: LaneLaw {
    private let law: FloatLaw
    private let integralGain: Float
    private let integralReach: Lanes
    private let trackingGain: Float
    private var tape: NetworkTape
    private var loop = LoopMemory()

    package init(_ law: FloatLaw) {
        self.law = law
        integralGain = Float(law.integral)
        integralReach = law.integralReaches(Lanes(repeating: integralGain))
        trackingGain = Float(law.tracking)
        tape = NetworkTape(law.layout, samples: 1)
    }

    package mutating func start(output: Lanes, command: Lanes) {
        tape.begin()
        loop = LoopMemory(output: output, command: command)
    }

    package mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes {
        let quantities = loop.quantities(setpoint: setpoint, measurement: measurement)
        for (index, feature) in law.features.enumerated() {
            let value = Float(feature.gain) * quantities.value(feature.source)
            tape.setFeature(index, value, reach: Float(feature.reach), at: 0)
        }
        let parameters = law.parameters
        let outputs = tape.step(parameters.span, at: 0)
        tape.rewind()
        let share = law.layout.isGated ? 2 * Lanes.sigmoid(outputs.gate) : Lanes(repeating: 1)
        let counted = Lanes.bounded(quantities.error, within: integralReach)
        loop.integral += integralGain * share * counted
        let wanted = loop.integral + outputs.q
        let applied = Lanes.minimum(Lanes.maximum(wanted, .zero), Lanes(repeating: 1))
        loop.integral += trackingGain * (applied - wanted)
        loop.advance(setpoint: setpoint, measurement: measurement, applied: applied)
        return applied
    }
}

/// What a law remembers of the loop besides its network.
struct LoopMemory {
    var integral = Lanes.zero
    var measurement = Lanes.zero
    var setpoint = Lanes.zero
    var applied = Lanes.zero
    var appliedBefore = Lanes.zero
    private var hasSlope = false

    init() {}

    init(output: Lanes, command: Lanes) {
        integral = command
        measurement = output
        setpoint = output
        applied = command
        appliedBefore = command
    }

    /// As in `LearnedLaw`, the first sample has no slopes.
    func quantities(setpoint next: Lanes, measurement now: Lanes) -> LoopQuantities {
        LoopQuantities(
            error: next - now, measurementChange: hasSlope ? now - measurement : .zero,
            setpointChange: hasSlope ? next - setpoint : .zero,
            commandChange: applied - appliedBefore, measurement: now, setpoint: next,
            command: applied)
    }

    mutating func advance(setpoint next: Lanes, measurement now: Lanes, applied command: Lanes) {
        measurement = now
        setpoint = next
        appliedBefore = applied
        applied = command
        hasSlope = true
    }
}
