public import FixedPoint
public import GatedMemory

/// A learned controller: features, an LSTM, and an integrator cell, to one command.
///
///     I <- I + g i S(s e)    the cell with its forget gate at exactly 1
///     I <- I + ks (R(r - y) - R(r' - y))    r' is the setpoint of the tick before
///     v = I + q(features)    q is the first output of the LSTM
///     I <- I + kt (u - v)    u is what was applied: anti-windup through the input gate
///
/// `s` is the integral scale, `S` clips to -1 ... 1, `i` is the integral gate: `s i` is the integral
/// gain a tick. `g` is 1 for a network with one output; one with two gates its integrator by
/// `g = sigma(y1)`, the second output, so that it can stop or slow the integral without ever
/// touching what is held.
///
/// With `ks < 0` the second line takes back a share of what a change of the setpoint does to the
/// proportional part, which a setpoint weight below 1 asks for; `R` clips to where that part is
/// full. Without integral action the first `r'` is 0, so that no constant is missing.
///
/// Integral action is there by construction, not by training. While another law acts, the input
/// gate for `u - v` is open and the cell follows the applied command.
public struct LearnedLaw: ~Copyable {
    public let parameters: LearnedLawParameters

    private var network: LSTM
    private var features: Region<Feature>
    private var integrator = MemoryCell()
    private var previousMeasurement: Q3_28?
    private var previousSetpoint = Q3_28.zero
    /// The setpoint whose weight the integrator holds, which no gap in the measurement clears.
    private var weightedSetpoint: Q3_28?
    private var applied = Q3_28.zero
    private var appliedBefore = Q3_28.zero
    /// The last command in Q28, before it is clipped to the format.
    private var unclipped: Int64 = 0
    /// Values that the last update clipped: cells, outputs and the integrator.
    public private(set) var saturations: UInt32 = 0

    /// Outputs of a network that is a law: the command, and the gate of the integrator.
    public static let outputLimit = 2

    /// Takes a proven network whose inputs are the features in their order.
    ///
    /// - Precondition: one feature for each input of the network, one or two outputs, and room in
    ///   the arena.
    public init(
        network: consuming LSTM, features: Span<Feature>, parameters: LearnedLawParameters,
        arena: inout Arena
    ) {
        precondition(features.count == network.shape.inputs)
        precondition(network.shape.outputs <= Self.outputLimit)
        self.parameters = parameters
        weightedSetpoint = parameters.integralGate == .shut ? .zero : nil
        self.features = arena.carve(features.count, of: Feature.self)
        self.features.load(features)
        self.network = network
    }

    /// Begins at a command: that without error at the start, and for good without integral action.
    public mutating func start(at command: Q3_28) {
        integrator = MemoryCell(value: command.bits)
        unclipped = Int64(command.bits)
        applied = command
        appliedBefore = command
    }

    /// Bytes of arena that a law takes.
    public static func footprint(_ shape: LSTMShape) -> Int {
        LSTM.footprint(shape) + Arena.footprint(shape.inputs, of: Feature.self)
    }

    /// The command for a setpoint and a measurement, both fractions of the span; not yet limited.
    public mutating func update(setpoint: Q3_28, measurement: Q3_28) -> Q3_28 {
        let before = network.saturations
        for index in 0..<features.count {
            let feature = features[index]
            let value = quantity(feature.source, setpoint: setpoint, measurement: measurement)
            network.setInput(
                index, Rounding.saturated16(feature.gain.timesNarrowed(Int64(value.bits))))
        }
        network.step()
        previousMeasurement = measurement
        previousSetpoint = setpoint

        let error = difference(setpoint, measurement)
        // From Q44 to Q31: three bits finer than a command, for scales below 1.
        let candidate = Rounding.halfUp(
            parameters.integralScale.timesWidened(Int64(error.bits)), 13)
        let isWeighed = weigh(setpoint, measurement)
        let gate =
            network.shape.outputs == 1
            ? parameters.integralGate : parameters.integralGate.behind(network.outputGate(1))
        let fits = accumulate(candidate, through: gate) && isWeighed
        unclipped = Int64(integrator.value) &+ Int64(network.output(0).bits)
        saturations = network.saturations &- before &+ (fits ? 0 : 1)
        return Q3_28(bits: Rounding.saturated32(unclipped))
    }

    /// The setpoint weight's part of the integrator. Returns false when it had to be clipped.
    private mutating func weigh(_ setpoint: Q3_28, _ measurement: Q3_28) -> Bool {
        let before = weightedSetpoint ?? setpoint
        weightedSetpoint = setpoint
        let reach = parameters.setpointReach
        func reached(_ r: Q3_28) -> Int64 {
            let error = difference(r, measurement)
            let lowest = Q3_28(bits: 0 &- reach.bits)
            return Int64((error > reach ? reach : (error < lowest ? lowest : error)).bits)
        }
        // Both are below 2^31: so the product stays below 2^63.
        let change = parameters.setpointGain.times(reached(setpoint) &- reached(before))
        let sum = Int64(integrator.value) &+ change
        integrator.value = Rounding.saturated32(sum)
        return Int64(integrator.value) == sum
    }

    /// Tells the law what was applied in this tick.
    ///
    /// Without integral action nothing is carried over: an offset would never go away again.
    /// - Parameter isActing: false while another law acts; the integrator then follows at once, and
    ///   telling it again changes nothing.
    public mutating func settle(applied now: Q3_28, isActing: Bool) {
        appliedBefore = applied
        applied = now
        guard parameters.integralGate != .shut else { return }
        let before = Int64(integrator.value)
        follow(
            Int64(now.bits) &- unclipped, through: isActing ? parameters.trackingGate : .open)
        if !isActing { unclipped = unclipped &+ Int64(integrator.value) &- before }
    }

    /// `I <- I + gate * gap`, in slices of one range: a candidate cannot be more, and a law whose
    /// gap were clipped would wind up.
    ///
    /// - Complexity: at most 25 slices; the gap lies below 24 ranges.
    private mutating func follow(_ gap: Int64, through gate: Gate) {
        let slice = Int64(Q3_28.one.bits)
        var left = gap
        while left != 0 {
            let part = left > slice ? slice : (left < -slice ? -slice : left)
            _ = accumulate(part &<< 3, through: gate)
            left = left &- part
        }
    }

    /// Forgets the slopes after a gap in the measurement: no kick when it returns.
    public mutating func forgetSlope() {
        previousMeasurement = nil
    }

    /// Empties the network after a gap too long to bridge; the integrator follows what is applied.
    public mutating func reset() {
        network.reset()
    }

    /// What the next command depends on beside its inputs.
    public var memory: LearnedLawMemory {
        LearnedLawMemory(
            network: network.memory, integrator: integrator,
            previousMeasurement: previousMeasurement, previousSetpoint: previousSetpoint,
            weightedSetpoint: weightedSetpoint, applied: applied, appliedBefore: appliedBefore,
            unclipped: unclipped)
    }

    /// Goes on where a law of the same model was.
    ///
    /// - Precondition: `memory.isSound`.
    public mutating func restore(_ memory: LearnedLawMemory) {
        network.restore(memory.network)
        integrator = memory.integrator
        previousMeasurement = memory.previousMeasurement
        previousSetpoint = memory.previousSetpoint
        weightedSetpoint = memory.weightedSetpoint
        applied = memory.applied
        appliedBefore = memory.appliedBefore
        unclipped = memory.unclipped
    }

    /// Forgets everything, as if it had never run, and begins at a command.
    public mutating func restart(at command: Q3_28) {
        network.reset()
        previousMeasurement = nil
        previousSetpoint = .zero
        weightedSetpoint = parameters.integralGate == .shut ? .zero : nil
        start(at: command)
    }

    /// Begins in the place of another law: where that one was, or without integral action at `start`,
    /// for good.
    mutating func succeed(applied: Q3_28, start: Q3_28) {
        restart(at: parameters.integralGate == .shut ? start : applied)
    }

    /// Whether the last update was within what the law was made for, and nothing clipped.
    public func isPlausible(setpoint: Q3_28, measurement: Q3_28) -> Bool {
        saturations == 0 && parameters.covers(setpoint: setpoint, measurement: measurement)
    }

    /// The gates of unit `index` of the network in the last update.
    ///
    /// - Precondition: the network has that unit.
    public func gates(_ index: Int) -> UnitGates {
        network.gates(index)
    }

    /// Writes what the law's cells did into the record of the tick.
    public func fill(_ record: inout TickRecord) {
        let gates = network.meanGates()
        record.inputGate = gates.input
        record.forgetGate = gates.forget
        record.outputGate = gates.output
        record.integrator = Q3_28(bits: integrator.value)
        record.saturations =
            saturations > 65_535 ? 65_535 : UInt16(truncatingIfNeeded: saturations)
    }

    /// `I <- I + gate * candidate`, the candidate in Q31 and clipped to -1 ... 1. The cell has 28
    /// fraction bits: it is a Q3.28 command.
    private mutating func accumulate(_ candidate: Int64, through gate: Gate) -> Bool {
        integrator.update(
            candidate: Rounding.saturated32(candidate), input: gate, leak: .shut,
            format: .q3_28)
    }

    private func quantity(
        _ source: FeatureSource, setpoint: Q3_28, measurement: Q3_28
    ) -> Q3_28 {
        switch source {
        case .error: difference(setpoint, measurement)
        case .measurementChange: difference(measurement, previousMeasurement ?? measurement)
        case .setpointChange:
            previousMeasurement == nil ? .zero : difference(setpoint, previousSetpoint)
        case .commandChange: difference(applied, appliedBefore)
        case .measurement: centred(measurement)
        case .setpoint: centred(setpoint)
        case .command: centred(applied)
        case .constant: .one
        }
    }

    private func difference(_ left: Q3_28, _ right: Q3_28) -> Q3_28 {
        Q3_28(bits: Rounding.saturated32(Int64(left.bits) &- Int64(right.bits)))
    }

    private func centred(_ value: Q3_28) -> Q3_28 {
        Q3_28(bits: Rounding.saturated32(2 &* Int64(value.bits) &- Int64(Q3_28.one.bits)))
    }
}
