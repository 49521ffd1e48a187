import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A loop that is given other parameters while it runs")
struct RevisionTests {
    /// A first-order plant of 0 ... 120 units that the loop heats.
    private struct Heated {
        let instance: ControllerInstance
        var units = 20.0
        var tick: UInt64 = 0
        var target = Q16_16(bits: 50 << 16)
        var requested = SupervisorState.fallback

        mutating func step() -> TickRecord {
            tick += 1
            let time = tick * 1_000_000_000
            let input = TickInput(
                tick: tick, timeNanoseconds: time, missedPeriods: 0,
                reading: Reading(
                    value: Q16_16(units) ?? Q16_16(bits: 0), timeNanoseconds: time),
                readFault: nil, actuatorFault: nil, target: target, requested: requested)
            let record = instance.loop.step(input)
            units += (20 + 80 * record.applied.doubleValue - units) / 50
            return record
        }

        mutating func run(_ ticks: Int) -> TickRecord {
            for _ in 1..<ticks { _ = step() }
            return step()
        }
    }

    private static let gains = PIDParameters(kp: 2, ki: 0.04, tracking: 0.1)

    private static func parameters(_ pid: PIDParameters = gains) throws -> LoopParameters {
        var parameters = try LawBench.parameters()
        parameters.pid = pid
        return parameters
    }

    /// A resting loop, and the same with a fresh instance to take over from.
    private static func resting(_ law: SupervisorState) throws -> Heated {
        var heated = Heated(
            instance: try ControllerInstance(
                parameters: try parameters(), model: try Model(pid: gains, periodSeconds: 1)))
        heated.requested = law
        _ = heated.run(1_000)
        return heated
    }

    /// A resting loop moves by rounding alone; a thousandth of the range is far above that, and far
    /// below what other gains would do: twice the proportional gain moves it by a third.
    private static let bump = 0.001

    @Test(
        "goes on without a bump under other gains, and then obeys them",
        arguments: [SupervisorState.fallback, .learned])
    func gains(_ law: SupervisorState) throws {
        var heated = try Self.resting(law)
        let before = heated.step()
        let other = PIDParameters(kp: 5, ki: 0.02, kd: 2, b: 0.5, tracking: 0.05)
        let fresh = try ControllerInstance(
            parameters: try Self.parameters(other), model: try Model(pid: other, periodSeconds: 1))
        heated.instance.revise(fresh, replacesLaw: true)
        let first = heated.step()
        #expect(first.applied == before.applied)
        #expect(first.lawStateRaw == before.lawStateRaw)
        for _ in 0..<20 {
            let record = heated.step()
            #expect(abs(record.applied.doubleValue - before.applied.doubleValue) < Self.bump)
        }
        // Ten units more are answered by the gains that came.
        let rest = heated.step().applied.doubleValue
        heated.target = Q16_16(bits: 56 << 16)
        let kick = heated.step().applied.doubleValue - rest
        // kp b times the step as a share of the span, and a tick of the integral.
        #expect(abs(kick - (5 * 0.5 + 0.02) * 6 / 120) < 0.01)
    }

    @Test("with the same law goes on bit for bit, whatever limit has moved")
    func sameLaw() throws {
        var (one, two) = (try Self.resting(.learned), try Self.resting(.learned))
        var parameters = try Self.parameters()
        parameters.limitHigh = Q16_16(bits: 88 << 16)
        parameters.slewPerTick = 1 << 27
        let fresh = try ControllerInstance(
            parameters: parameters, model: try Model(pid: Self.gains, periodSeconds: 1))
        two.instance.revise(fresh, replacesLaw: false)
        for _ in 0..<50 {
            let (expected, found) = (one.step(), two.step())
            #expect(found == expected)
        }
        #expect(two.instance.loop.parameters.limitHigh == Q16_16(bits: 88 << 16))
    }

    @Test("obeys a protective limit that has come nearer, in the next tick")
    func limits() throws {
        var heated = try Self.resting(.fallback)
        var parameters = try Self.parameters()
        parameters.limitHigh = Q16_16(bits: 40 << 16)
        heated.instance.revise(
            try ControllerInstance(
                parameters: parameters, model: try Model(pid: Self.gains, periodSeconds: 1)),
            replacesLaw: false)
        let record = heated.step()
        #expect(record.latched == 1)
        #expect(record.cause == SupervisorCause.limitHigh.rawValue)
    }

    @Test("keeps a latch, and is safe after any number of changes")
    func latch() throws {
        var heated = try Self.resting(.learned)
        heated.units = 95
        #expect(heated.step().latched == 1)
        heated.units = 50
        for index in 0..<5 {
            let other = PIDParameters(kp: 2 + Double(index), ki: 0.04, tracking: 0.1)
            heated.instance.revise(
                try ControllerInstance(
                    parameters: try Self.parameters(other),
                    model: try Model(pid: other, periodSeconds: 1)), replacesLaw: true)
            let record = heated.run(20)
            #expect(record.latched == 1)
            #expect(record.output == Q16_16(bits: 0))
        }
    }

    @Test("keeps the setpoint on its ramp")
    func ramp() throws {
        var parameters = try Self.parameters()
        parameters.rampPerTick = 1 << 14
        var heated = Heated(
            instance: try ControllerInstance(
                parameters: parameters, model: try Model(pid: Self.gains, periodSeconds: 1)))
        let before = heated.run(40)
        parameters.pid = PIDParameters(kp: 3, ki: 0.03, tracking: 0.1)
        heated.instance.revise(
            try ControllerInstance(
                parameters: parameters, model: try Model(pid: parameters.pid, periodSeconds: 1)),
            replacesLaw: true)
        let after = heated.step()
        #expect(after.setpoint.bits == before.setpoint.bits + (1 << 14))
    }
}

extension TickRecord {
    /// State and cause in one.
    fileprivate var lawStateRaw: UInt16 { UInt16(state) << 8 | UInt16(cause) }
}
