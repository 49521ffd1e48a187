import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A PID written down as a network: in the loop")
struct PIDModelLoopTests {
    /// First order with dead time: `level += (gain u(t - deadTime) - level) / lag` a tick.
    struct Plant {
        let gain: Double
        let lag: Double
        private var pipe: [Double]
        private var next = 0
        private(set) var level: Double

        init(gain: Double, lag: Double, deadTime: Int, level: Double) {
            self.gain = gain
            self.lag = lag
            self.level = level
            pipe = Array(repeating: level / gain, count: deadTime)
        }

        mutating func step(_ command: Double, load: Double) {
            let delayed = pipe[next]
            pipe[next] = command
            next = (next + 1) % pipe.count
            level += (gain * (delayed + load) - level) / lag
        }
    }

    struct Case: Sendable {
        let kp: Double
        let ti: Double
        let td: Double
        let b: Double
        var lag = 40.0
    }

    @Test(
        "agrees with the fixed PID to a few permille of a small step, in level and command",
        arguments: [
            Case(kp: 2, ti: 40, td: 0, b: 1), Case(kp: 2, ti: 40, td: 0, b: 0.5),
            Case(kp: 2.5, ti: 30, td: 3, b: 0), Case(kp: 0.3, ti: 10, td: 0, b: 1),
            Case(kp: 3, ti: 45, td: 4, b: 1), Case(kp: 10.2, ti: 70, td: 2, b: 0, lag: 160),
        ])
    func closedLoop(_ test: Case) throws {
        let bench = try LawBench(
            PIDParameters(kp: test.kp, ti: test.ti, td: test.td, b: test.b))
        var plants = [0, 1].map { _ in Plant(gain: 1, lag: test.lag, deadTime: 6, level: 0.5) }
        // Where they start the integrators follow what holds the plant there.
        for _ in 0..<20 {
            _ = bench.update(0.5, 0.5)
            bench.settle(0.5, 0.5, isActing: false)
        }
        let step = 0.05
        var worst = (level: 0.0, command: 0.0)
        for tick in 0..<1_500 {
            let r = tick < 700 ? 0.5 + step : 0.5
            let load = tick >= 1_100 ? -0.03 : 0
            let learned = bench.law.update(
                setpoint: .nearest(r), measurement: .nearest(plants[0].level))
            let fixed = bench.pid.update(
                setpoint: .nearest(r), measurement: .nearest(plants[1].level))
            let commands = [learned, fixed].map { min(max($0.doubleValue, 0), 1) }
            bench.settle(commands[0], commands[1])
            for index in 0..<2 { plants[index].step(commands[index], load: load) }
            worst.level = max(worst.level, (plants[0].level - plants[1].level).magnitude)
            worst.command = max(worst.command, (commands[0] - commands[1]).magnitude)
        }
        #expect(worst.level < 0.005 * step * 2)
        // A unit of a hidden value is worth up to 5e-4 of the output range.
        #expect(worst.command < 0.01 * step * max(1, test.kp) + 1e-3)
        #expect((plants[0].level - 0.5).magnitude < 0.01 * step)
    }

    @Test("holds its integrator to the last bit at zero error, for a million ticks")
    func integratorHolds() throws {
        let bench = try LawBench(PIDParameters(kp: 2, ki: 0.05, tracking: 0.05))
        for _ in 0..<37 {
            let (learned, fixed) = bench.update(0.61, 0.5)
            bench.settle(min(learned, 1), min(fixed, 1))
        }
        let held = bench.update(0.5, 0.5).0
        bench.settle(held, 0.5)
        let r = Q3_28.nearest(0.5)
        #if DEBUG
            let ticks = 10_000
        #else
            let ticks = 1_000_000
        #endif
        var tick = 0
        var isHeld = held > 0
        while tick < ticks {
            tick += 1
            let command = bench.law.update(setpoint: r, measurement: r)
            bench.law.settle(applied: command, isActing: true)
            isHeld = isHeld && command.doubleValue == held
        }
        #expect(isHeld)
    }

    @Test("does not wind up in saturation", arguments: [0.5, 2, 10.2, 50])
    func antiWindup(kp: Double) throws {
        let ki = kp / 50
        let bench = try LawBench(PIDParameters(kp: kp, ki: ki, tracking: 3 / 50))
        var command = 0.0
        for _ in 0..<100_000 / 10 {
            command =
                bench.law.update(setpoint: .nearest(0.8), measurement: .nearest(0.5)).doubleValue
            bench.law.settle(applied: .nearest(min(max(command, 0), 1)), isActing: true)
        }
        // Back-calculation stops at kp e / 3 above the limit.
        #expect(command <= 1 + kp * 0.3 / 3 + 0.02)
        let after = bench.law.update(setpoint: .nearest(0.5), measurement: .nearest(0.5))
        #expect(after.doubleValue < 1.01)
    }

    @Test(
        "takes over where the fixed PID left the command, and hands back", arguments: [0.5, 3, 10])
    func transfer(kp: Double) throws {
        let bench = try LawBench(PIDParameters(kp: kp, ki: 1e-6, tracking: 0.05))
        for applied in [0.0, 0.37, 1] {
            for _ in 0..<20 {
                _ = bench.update(0.55, 0.5)
                bench.settle(applied, applied, isActing: false)
            }
            let (learned, fixed) = bench.update(0.55, 0.5)
            #expect((learned - applied).magnitude <= 1e-4)
            #expect((fixed - applied).magnitude <= 1e-4)
        }
    }

    @Test("integrates for a loop that acts in reverse")
    func reverse() throws {
        let bench = try LawBench(PIDParameters(kp: -2, ki: -0.01, tracking: 0.01))
        var command = 0.0
        for _ in 0..<100 { command = bench.update(0.5, 0.6).0 }
        #expect((command - 0.2 - 0.1).magnitude < 0.01)
    }

    @Test("without integral action carries no offset from one law to the next")
    func noIntegralNoOffset() throws {
        let bench = try LawBench(PIDParameters(kp: 2))
        for _ in 0..<20 {
            _ = bench.update(0.6, 0.2)
            bench.settle(0, 0, isActing: false)
        }
        #expect((bench.update(0.6, 0.5).0 - 0.2).magnitude < 2e-3)
    }

    @Test("does not kick after a gap in the measurement")
    func gap() throws {
        let bench = try LawBench(PIDParameters(kp: 0.01, kd: 20, filter: 1))
        for _ in 0..<5 { _ = bench.update(0.5, 0.5) }
        bench.law.forgetSlope()
        #expect(bench.update(0.5, 0.6).0.magnitude < 2e-3)
    }
}
