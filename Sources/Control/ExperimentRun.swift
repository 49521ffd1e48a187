import FixedPoint

/// An experiment as the loop runs it: a command of its own in each tick until something ends it.
///
/// It begins at the command that acts, holds it for the settling time, and then steps or switches.
/// It never holds on: one tick in which any of its conditions fails is its last. It has no say over
/// the supervisor, and the limiter comes after it as after every law.
public struct ExperimentRun: BitwiseCopyable, Sendable {
    /// Why the experiment that is asked for acts no more; `nil` while it acts or none is asked for.
    public private(set) var end: ExperimentEnd?

    private var number: UInt32?
    private var base = Q3_28.zero
    private var centre = Q16_16(bits: 0)
    private var ticks: UInt32 = 0
    /// Where the measurement was when the present stretch of `slopeTicks` began.
    private var slopeOrigin = Q16_16(bits: 0)
    private var slopeStretch: UInt32 = 0
    /// The relay is at its upper command, for a positive amplitude.
    private var isUp = false
    private var switches: UInt16 = 0

    public init() {}

    /// The command of this tick, not yet limited; `nil` when the experiment does not act.
    ///
    /// - Parameter range: of the output.
    mutating func update(
        _ asked: Experiment?, _ input: ExperimentInput, range: EngineeringRange
    ) -> Q3_28? {
        guard let asked else {
            number = nil
            end = nil
            return nil
        }
        let isNew = number != asked.number
        if isNew {
            number = asked.number
            end = nil
        } else if end != nil {
            return nil
        }
        end = disturbance(input)
        guard end == nil, let measurement = input.measurement else { return nil }
        if isNew { begin(asked, at: input.applied, measurement, range) } else { ticks &+= 1 }
        if end == nil { end = limit(asked, measurement) }
        if end == nil { advance(asked, measurement) }
        return end == nil ? command(asked, range) : nil
    }

    /// What no experiment goes on after.
    private func disturbance(_ input: ExperimentInput) -> ExperimentEnd? {
        if input.isSafe { return .safeState }
        if input.measurement == nil { return .sensorFault }
        if input.hasActuatorFault { return .actuatorFault }
        return input.isOverrun ? .overrun : nil
    }

    private mutating func begin(
        _ asked: Experiment, at applied: Q3_28, _ measurement: Q16_16, _ range: EngineeringRange
    ) {
        base = applied
        ticks = 0
        slopeOrigin = measurement
        slopeStretch = 0
        isUp = false
        switches = 0
        let move = Self.move(asked, range)
        let isReachable =
            switch asked.kind {
            case .step: Self.isInRange(base, moved: move)
            case .relay: Self.isInRange(base, moved: move) && Self.isInRange(base, moved: 0 &- move)
            case nil: false
            }
        if !isReachable { end = .refused }
    }

    /// The stated limits; time last, since it alone can be a success.
    private mutating func limit(_ asked: Experiment, _ measurement: Q16_16) -> ExperimentEnd? {
        if measurement <= asked.low || measurement >= asked.high { return .rangeLimit }
        let change = Int64(measurement.bits) &- Int64(slopeOrigin.bits)
        if change.magnitude > UInt64(max(0, asked.slope.bits)) { return .slopeLimit }
        slopeStretch &+= 1
        if slopeStretch >= asked.slopeTicks {
            slopeOrigin = measurement
            slopeStretch = 0
        }
        guard ticks >= asked.limitTicks else { return nil }
        return asked.kind == .relay && asked.switches > 0 ? .timeLimit : .completed
    }

    /// Moves the relay on. It switches where the measurement leaves the dead band around the one at
    /// the end of the settling.
    private mutating func advance(_ asked: Experiment, _ measurement: Q16_16) {
        guard asked.kind == .relay, ticks >= asked.settleTicks else { return }
        if ticks == asked.settleTicks {
            centre = measurement
            isUp = true
            switches = 1
            return
        }
        let distance = Int64(measurement.bits) &- Int64(centre.bits)
        let band = Int64(max(0, asked.hysteresis.bits))
        if isUp, distance > band {
            isUp = false
        } else if !isUp, distance < -band {
            isUp = true
            switches &+= switches == .max ? 0 : 1
            if asked.switches > 0 && switches >= asked.switches { end = .completed }
        }
    }

    private func command(_ asked: Experiment, _ range: EngineeringRange) -> Q3_28 {
        guard ticks >= asked.settleTicks else { return base }
        let move = Self.move(asked, range)
        let isDown = asked.kind == .relay && !isUp
        // Inside the range, as `begin` has checked.
        let bits = Int64(base.bits) &+ (isDown ? 0 &- move : move)
        return Q3_28(bits: Int32(truncatingIfNeeded: bits))
    }

    /// The amplitude in bits of a fraction of the output range; below 2^60.
    private static func move(_ asked: Experiment, _ range: EngineeringRange) -> Int64 {
        Int64(asked.amplitude.bits) &* (1 << 28) / range.span
    }

    private static func isInRange(_ base: Q3_28, moved: Int64) -> Bool {
        let bits = Int64(base.bits) &+ moved
        return bits >= 0 && bits <= Int64(Q3_28.one.bits)
    }
}
