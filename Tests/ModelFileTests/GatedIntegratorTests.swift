import Control
import FixedPoint
import Foundation
import ModelFile
import Testing

/// The integrator of a law whose network has a second output, against its equation in double
/// precision: only the network itself is taken from its integers.
@Suite("A network that gates the integrator of its law")
struct GatedIntegratorTests {
    private static let seed: UInt64 = 0x6A7E_D001

    /// What the sigmoid table may differ, 3e-7 of its value, and half a unit of Q31 of each gate,
    /// which is small beside the first.
    private static let gateError = 4e-7

    @Test("adds sigma(y1) times the gain times the error, and holds exactly without an error")
    func equation() throws {
        let model = try SmallModel.gated()
        let bench = try LawBench(model, PIDParameters(kp: 1))
        let twin = try NetworkBench(model)
        var random = SplitMix64(seed: Self.seed)
        var (expected, allowed) = (0.0, 0.0)
        var gates: [Double] = []
        for tick in 0..<400 {
            // Every fourth tick is without an error.
            let y = Q3_28(bits: Int32(random.uniform(0...(1 << 28))))
            let r = tick % 4 == 0 ? y : Q3_28(bits: Int32(random.uniform(0...(1 << 28))))
            var before = TickRecord()
            bench.law.fill(&before)
            _ = bench.law.update(setpoint: r, measurement: y)
            var after = TickRecord()
            bench.law.fill(&after)
            let second = twin.step(setpoint: r, measurement: y)
            let gate = 1 / (1 + exp(-second))
            let added = gate * 0.04 * min(max(0.5 * (r.doubleValue - y.doubleValue), -1), 1)
            gates.append(gate)
            expected += added
            allowed += Self.gateError * added.magnitude + 0x1p-31
            let found = after.integrator.doubleValue
            #expect((found - expected).magnitude <= allowed + 0x1p-28, "seed \(Self.seed)")
            if r == y { #expect(after.integrator == before.integrator) }
        }
        // A network whose gate does not move would show nothing.
        #expect((gates.max() ?? 0) - (gates.min() ?? 0) > 0.5)
    }

    @Test("with one output the integral gate is as it is configured, bit for bit")
    func oneOutput() throws {
        var model = try SmallModel.gated()
        model.shape = try SmallModel.random(seed: 3, inputs: 7, units: 5, outputs: 1).shape
        model.outputRows.removeLast()
        let bench = try LawBench(model, PIDParameters(kp: 1))
        var cell: Int64 = 0
        for tick in 1...50 {
            // The gate of 0.04 and a candidate of 0.5 times an error of 1/4, in whole bits of Q28.
            _ = bench.law.update(setpoint: .nearest(0.5), measurement: .nearest(0.25))
            cell += Int64(model.law.integralGate.bits) << 28
            var record = TickRecord()
            bench.law.fill(&record)
            #expect(Int64(record.integrator.bits) == (cell + 1 << 33) >> 34, "tick \(tick)")
        }
    }
}
