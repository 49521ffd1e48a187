import Control
import FixedPoint
import ModelFile
import Testing

@Suite("Transfers, saturation and gaps of the PID")
struct PIDTransferTests {
    /// What a transfer may move: far below what an actuator resolves.
    private static let bump = 1e-4

    @Test(
        "takes over where another law left the command",
        arguments: [0.05, 1, 10.2, 50, 1_000] as [Double], [0, 0.3, 1] as [Double])
    func bumpless(kp: Double, applied: Double) {
        var pid = PID(
            parameters: PIDParameters(kp: kp, ki: 1e-6, kd: kp, filter: 0.2, tracking: 0.1))
        for tick in 0..<50 {
            let measurement = 0.3 + 0.0001 * Double(min(tick, 40))
            _ = pid.update(setpoint: .nearest(0.6), measurement: .nearest(measurement))
            pid.settle(applied: .nearest(applied), isActing: false)
        }
        // The derivative fades through its filter; nothing else changes.
        for _ in 0..<100 {
            _ = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.304))
            pid.settle(applied: .nearest(applied), isActing: false)
        }
        let taken = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.304))
        #expect((taken.doubleValue - applied).magnitude <= Self.bump)
    }

    @Test("may be told twice what was applied")
    func idempotent() {
        var pid = PID(parameters: PIDParameters(kp: 5, ki: 1e-6, tracking: 0.1))
        _ = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.5))
        for _ in 0..<10 { pid.settle(applied: .nearest(0.25), isActing: false) }
        let taken = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.5))
        #expect((taken.doubleValue - 0.25).magnitude <= Self.bump)
    }

    @Test("without integral action carries no offset from one law to the next")
    func noIntegralNoOffset() {
        var pid = PID(parameters: PIDParameters(kp: 2))
        for _ in 0..<20 {
            _ = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.2))
            pid.settle(applied: .zero, isActing: false)
        }
        let command = pid.update(setpoint: .nearest(0.6), measurement: .nearest(0.5))
        #expect((command.doubleValue - 0.2).magnitude < 1e-7)
    }

    @Test(
        "leaves saturation as soon as its proportional part does",
        arguments: [(1, 0.02), (10.2, 0.2), (50, 1)] as [(Double, Double)])
    func noWindup(kp: Double, ki: Double) {
        let tracking = ki / kp
        var pid = PID(parameters: PIDParameters(kp: kp, ki: ki, tracking: tracking))
        func step(_ pid: inout PID, error: Double) -> Double {
            let command = pid.update(
                setpoint: .nearest(0.5), measurement: .nearest(0.5 - error))
            let applied = min(max(command.doubleValue, 0), 1)
            pid.settle(applied: .nearest(applied), isActing: true)
            return command.doubleValue
        }
        // An error that the actuator cannot remove for a hundred thousand ticks.
        var command = 0.0
        for _ in 0..<100_000 { command = step(&pid, error: 0.4) }
        // Back-calculation settles at ki e / tracking = kp e above the limit, and no further.
        #expect((command - min(8, 1 + kp * 0.4)).magnitude < 0.01 * (1 + kp * 0.4))
        // When the error is gone, so is the command.
        command = step(&pid, error: 0)
        #expect(command <= 1.01)
    }

    @Test("does not kick when the measurement comes back elsewhere after a gap")
    func noKick() {
        var pid = PID(parameters: PIDParameters(kp: 0, kd: 100, filter: 0.5))
        for _ in 0..<10 { _ = pid.update(setpoint: .zero, measurement: .nearest(0.5)) }
        pid.forgetSlope()
        let command = pid.update(setpoint: .zero, measurement: .nearest(0.6))
        #expect(command == .zero)
        let next = pid.update(setpoint: .zero, measurement: .nearest(0.6))
        #expect(next == .zero)
    }

    @Test("lets its derivative fade through the filter after a gap instead of dropping it")
    func derivativeFades() {
        var pid = PID(parameters: PIDParameters(kp: 0, kd: 10, filter: 0.1))
        var before = 0.0
        for tick in 0..<100 {
            let y = Q3_28.nearest(0.2 + 0.001 * Double(tick))
            before = pid.update(setpoint: .zero, measurement: y).doubleValue
        }
        pid.forgetSlope()
        let after = pid.update(setpoint: .zero, measurement: .nearest(0.31)).doubleValue
        #expect((after - 0.9 * before).magnitude < 1e-7)
    }

    @Test("forgets its derivative after a gap too long to bridge")
    func derivativeForgotten() {
        var pid = PID(parameters: PIDParameters(kp: 0, kd: 10, filter: 0.1))
        for tick in 0..<100 {
            let y = Q3_28.nearest(0.2 + 0.001 * Double(tick))
            _ = pid.update(setpoint: .zero, measurement: y)
        }
        pid.reset()
        #expect(pid.update(setpoint: .zero, measurement: .nearest(0.31)) == .zero)
    }
}
