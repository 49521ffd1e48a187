import Assembly
import Configuration
import Control
import FixedPoint
import ModelFile
import Testing

@Suite("From settings to the parameters of a loop")
struct LoopParametersTests {
    /// A gain keeps 31 bits.
    static let precision = 1e-9

    private func expect(_ gain: Gain, _ value: Double) {
        #expect(abs(gain.doubleValue - value) <= Self.precision * max(1, abs(value)))
    }

    @Test("units become fixed point, spans become ranges")
    func units() throws {
        let parameters = try Plain.parameters()
        #expect(parameters.index == 0)
        #expect(parameters.measurementRange.low == Q16_16(-20))
        #expect(parameters.measurementRange.high == Q16_16(80))
        #expect(parameters.outputRange.low == Q16_16(-50))
        #expect(parameters.outputRange.high == Q16_16(150))
        #expect(parameters.limitLow == Q16_16(-10))
        #expect(parameters.limitHigh == Q16_16(70))
        #expect(parameters.maxRatePerSecond == Q16_16(2))
        #expect(parameters.maxAgeNanoseconds == 1_500_000_000)
        #expect(parameters.safeLevel == Q16_16(10))
    }

    @Test("gains are per tick and from span to span")
    func gains() throws {
        let pid = try Plain.parameters([
            ("ti_s = 20.0", "ti_s = 20.0\ntd_s = 2.0\nfilter_s = 1.5\nb = 0.25")
        ]).pid
        // 4 %/C * 100 C / 200 %.
        expect(pid.proportional, 2)
        // 2 * 0.5 s / 20 s, and 2 * 2 s / 0.5 s.
        expect(pid.integral, 0.05)
        expect(pid.derivative, 8)
        // 0.5 s of 1.5 s and 0.5 s.
        expect(pid.measurementFilter, 0.25)
        expect(pid.setpointWeight, 0.25)
        // The filter's time is an eighth of td: 0.5 / (0.25 + 0.5).
        expect(pid.derivativeFilter, 2.0 / 3)
        // The tracking time of a PID is sqrt(20 * 2).
        expect(pid.tracking, 0.5 / 40.0.squareRoot())
    }

    @Test("a gain of reverse action keeps its sign in every part")
    func negative() throws {
        let pid = try Plain.parameters([
            ("4 %/C", "-4 %/C"), ("ti_s = 20.0", "ti_s = 20.0\ntd_s = 2.0"),
        ]).pid
        expect(pid.proportional, -2)
        expect(pid.integral, -0.05)
        expect(pid.derivative, -8)
        #expect(pid.tracking.doubleValue > 0)
    }

    @Test("a PI tracks in a third of its integral time, unless it is told otherwise")
    func tracking() throws {
        expect(try Plain.parameters().pid.tracking, 0.5 / (20.0 / 3))
        let told = try Plain.parameters([("ti_s = 20.0", "ti_s = 20.0\ntt_s = 5.0")])
        expect(told.pid.tracking, 0.1)
        // A time below the period is one period: more than the whole cannot flow back.
        let short = try Plain.parameters([("ti_s = 20.0", "ti_s = 20.0\ntt_s = 0.1")])
        expect(short.pid.tracking, 1)
    }

    @Test("without integral action nothing is integrated and nothing tracked")
    func proportional() throws {
        let pid = try Plain.parameters([("ti_s = 20.0", "ti_s = 0\ntt_s = 5.0")]).pid
        #expect(pid.integral == .zero)
        #expect(pid.tracking == .zero)
        expect(pid.proportional, 2)
    }

    @Test("rates are per tick: no ramp is 0, and the slowest is one bit")
    func rates() throws {
        let parameters = try Plain.parameters()
        #expect(parameters.rampPerTick == 0)
        // 20 %/s * 0.5 s of 200 %.
        #expect(parameters.slewPerTick == 13_421_773)
        let ramped = try Plain.parameters([("law =", "ramp = \"0.5 C/s\"\nlaw =")])
        #expect(ramped.rampPerTick == 16_384)
        let slow = try Plain.parameters([
            ("law =", "ramp = \"0.0000153 C/s\"\nlaw ="), ("20 %/s", "0.0000153 %/s"),
            ("2 C/s", "0.0000153 C/s"),
        ])
        #expect(slow.rampPerTick == 1)
        #expect(slow.slewPerTick == 10)
        #expect(slow.maxRatePerSecond.bits == 1)
        let fast = try Plain.parameters([("20 %/s", "32767 %/s")])
        #expect(fast.slewPerTick == .max)
    }

    @Test("times become ticks, rounded up")
    func ticks() throws {
        let limits = try Plain.parameters().supervisor
        #expect(limits.bridgeTicks == 6)
        #expect(limits.recoverTicks == 20)
        #expect(limits.retryTicks == 120)
        // 1200 ms are more than two periods.
        #expect(limits.actuatorFaultTicks == 3)
        #expect(limits.overrunTicks == 0)
        let odd = try Plain.parameters([
            ("bridge_ms = 3000", "bridge_ms = 3001\nrecover_ms = 1\nretry_ms = 501")
        ]).supervisor
        #expect(odd.bridgeTicks == 7)
        #expect(odd.recoverTicks == 1)
        #expect(odd.retryTicks == 2)
        let none = try Plain.parameters([
            ("bridge_ms = 3000", "bridge_ms = 0\nrecover_ms = 0\nretry_ms = 0")
        ]).supervisor
        #expect(none.bridgeTicks == 0)
        // A way back without a single good tick would be none.
        #expect(none.recoverTicks == 1)
        // 0 is never.
        #expect(none.retryTicks == 0)
    }

    @Test("an overrun policy is a hold, a count, or neither")
    func overrun() throws {
        #expect(try !Plain.parameters().holdsOnOverrun)
        let hold = try Plain.parameters([("\"skip\"", "\"hold\"")])
        #expect(hold.holdsOnOverrun)
        #expect(hold.supervisor.overrunTicks == 0)
        let safe = try Plain.parameters([("\"skip\"", "\"safe\"")])
        #expect(!safe.holdsOnOverrun)
        #expect(safe.supervisor.overrunTicks == 4)
    }

    @Test(
        "gains beyond fixed point are refused at the place of kp",
        arguments: [
            ("4 %/C", "32767 %/C", "ti_s = 20.0", "ti_s = 0.1"),
            ("4 %/C", "400 %/C", "ti_s = 20.0", "ti_s = 0.001"),
            ("4 %/C", "400 %/C", "ti_s = 20.0", "ti_s = 20.0\ntd_s = 1000"),
        ])
    func tooLarge(kp: String, kpChange: String, ti: String, tiChange: String) throws {
        let settings = try Plain.settings([(kp, kpChange), (ti, tiChange)])
        do throws(ConfigurationError) {
            _ = try LoopParameters(settings, loop: 0)
            Issue.record("accepted")
        } catch {
            let problem = try #require(error.problems.first)
            #expect(problem.position == settings.loops[0].pid.kpPosition)
            #expect(problem.key == "loop.pid.kp")
            #expect(problem.allowed.contains("16384"))
        }
    }
}
