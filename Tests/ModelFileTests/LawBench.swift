import Control
import FixedPoint
import GatedMemory
import ModelFile
import Testing

/// A learned law beside the fixed PID that it was written down from, each in its own memory.
@safe
final class LawBench {
    var law: LearnedLaw
    var pid: PID
    // Safe: allocated and freed here, and only the law's own regions point into it.
    private let block: UnsafeMutableRawPointer

    convenience init(_ gains: PIDParameters) throws {
        try self.init(Model(pid: gains, periodSeconds: 1), gains)
    }

    init(_ model: Model, _ gains: PIDParameters) throws {
        let size = LearnedLaw.footprint(model.shape)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4_096)
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        var arena = unsafe Arena(unsafeBlock: block, byteCount: size)
        do {
            law = try model.makeLaw(in: &arena)
        } catch {
            unsafe block.deallocate()
            throw error
        }
        pid = PID(parameters: gains)
        unsafe self.block = block
    }

    deinit {
        unsafe block.deallocate()
    }

    /// A loop of 0 ... 120 units onto 0 ... 100.
    static func parameters() throws -> LoopParameters {
        let zero = Q16_16(bits: 0)
        return LoopParameters(
            index: 0,
            measurementRange: try #require(
                EngineeringRange(low: zero, high: Q16_16(bits: 120 << 16))),
            limitLow: Q16_16(bits: -1), limitHigh: Q16_16(bits: 90 << 16),
            maxRatePerSecond: Q16_16(bits: 50 << 16), maxAgeNanoseconds: 5_000_000_000,
            outputRange: try #require(
                EngineeringRange(low: zero, high: Q16_16(bits: 100 << 16))),
            safeLevel: zero, slewPerTick: 1 << 28, rampPerTick: 0, pid: PIDParameters(kp: 1),
            supervisor: SupervisorLimits(
                bridgeTicks: 3, recoverTicks: 5, retryTicks: 10, actuatorFaultTicks: 2,
                implausibleTicks: 3, overrunTicks: 0, overrunWindowTicks: 1),
            holdsOnOverrun: false)
    }

    /// The commands of both laws, in that order: learned, fixed.
    func update(_ setpoint: Double, _ measurement: Double) -> (Double, Double) {
        let (r, y) = (Q3_28.nearest(setpoint), Q3_28.nearest(measurement))
        let learned = law.update(setpoint: r, measurement: y).doubleValue
        return (learned, pid.update(setpoint: r, measurement: y).doubleValue)
    }

    /// Both laws act on a plant of their own and are told what was applied there.
    func settle(_ learned: Double, _ fixed: Double, isActing: Bool = true) {
        law.settle(applied: .nearest(learned), isActing: isActing)
        pid.settle(applied: .nearest(fixed), isActing: isActing)
    }
}

extension Q3_28 {
    static func nearest(_ value: Double) -> Q3_28 {
        Q3_28(min(max(value, -7.99), 7.99)) ?? .zero
    }
}

extension PIDParameters {
    /// Gains from doubles; those that fixed point cannot hold count as zero.
    init(
        kp: Double, ki: Double = 0, kd: Double = 0, filter: Double = 1, b: Double = 1,
        tracking: Double = 0, measurementFilter: Double = 1
    ) {
        func gain(_ value: Double) -> Gain { Gain(value) ?? .zero }
        self.init(
            proportional: gain(kp), integral: gain(ki), derivative: gain(kd),
            derivativeFilter: gain(filter),
            measurementFilter: gain(measurementFilter), setpointWeight: gain(b),
            tracking: gain(tracking))
    }

    /// Gains as a user gives them, for a period of a second: seconds, and the default filter.
    init(kp: Double, ti: Double, td: Double, b: Double) {
        let tt = td > 0 ? (ti * td).squareRoot() : ti / 3
        self.init(
            kp: kp, ki: ti > 0 ? kp / ti : 0, kd: kp * td, filter: 1 / (td / 8 + 1), b: b,
            tracking: ti > 0 ? min(1, 1 / tt) : 0)
    }
}
