import Foundation
import Testing
import Tuning

@Suite("Margins of a cascade")
struct CascadeMarginTests {
    /// Sums of a few hundred terms in double precision.
    private let rounding = 1e-9

    /// Two lags and a third in a row, seen after each of them.
    private static let lags = [5.0, 40, 90]
    private static let gain = 2.0
    private static let deadTime = 1.3

    private static let innermost = PIDGains(
        kp: 1.5, tiSeconds: 6, tdSeconds: 0.6, tfSeconds: 0.2, setpointWeight: 0.7)
    private static let middle = PIDGains(kp: 2, tiSeconds: 35)
    private static let filter = 0.8

    private static var chain: SampledChain {
        get throws {
            var a = Matrix(rows: 3, columns: 3)
            for (index, lag) in lags.enumerated() {
                a[index, index] = -1 / lag
                if index > 0 { a[index, index - 1] = 1 / lag }
            }
            return try SampledChain(
                StateSpace(a: a, b: [gain / lags[0], 0, 0], c: [1, 0, 0]),
                outer: [[0, 1, 0], [0, 0, 1]], deadTimeSeconds: deadTime, periodSeconds: 0.5)
        }
    }

    /// The process up to the lag of that place, from its transfer function.
    private static func process(_ place: Int) throws -> SampledProcess {
        let function = try TransferFunction(
            gain: gain, lags: Array(lags.prefix(place + 1)), deadTimeSeconds: deadTime)
        return SampledProcess(function, periodSeconds: 0.5)
    }

    /// From a setpoint that is held for `ticks` samples of a fast loop to its output at the slow ones:
    /// the hold, and the sum of what sampling folds together.
    private static func held(
        _ fast: @escaping (Double) -> Complex, ticks: Int
    ) -> (Double) -> Complex {
        { angle in
            var sum = Complex(0)
            for fold in 0..<ticks {
                let own = (angle + 2 * .pi * Double(fold)) / Double(ticks)
                let hold =
                    (Complex(1) - Complex(magnitude: 1, phase: -angle))
                    / (Complex(1) - Complex(magnitude: 1, phase: -own))
                sum = sum + fast(own) * hold
            }
            return (1 / Double(ticks)) * sum
        }
    }

    /// From the setpoint of a loop to `output`, by the algebra of its transfer functions.
    private static func closed(
        _ measured: @escaping (Double) -> Complex, _ output: @escaping (Double) -> Complex,
        _ gains: PIDGains, filterSeconds: Double, periodSeconds: Double
    ) -> (Double) -> Complex {
        { angle in
            let law = gains.sampledResponse(
                at: angle / periodSeconds, periodSeconds: periodSeconds)
            var integral = PIDGains(kp: gains.kp, tiSeconds: gains.tiSeconds)
                .sampledResponse(at: angle / periodSeconds, periodSeconds: periodSeconds)
            integral = integral - Complex(gains.kp * (1 - gains.setpointWeight))
            let share = periodSeconds / (filterSeconds + periodSeconds)
            let filter =
                Complex(share)
                / (Complex(1) - (1 - share) * Complex(magnitude: 1, phase: -angle))
            return output(angle) * integral / (Complex(1) + filter * law * measured(angle))
        }
    }

    @Test("closed inner loops respond as the algebra of their transfer functions says")
    func responds() throws {
        var chain = try Self.chain
        try chain.close(
            Self.innermost, filterSeconds: Self.filter, periodSeconds: 0.5, ticks: 6)
        let first = try (0..<3).map { place in
            let process = try Self.process(place)
            return { (angle: Double) in process.response(at: angle / 0.5) }
        }
        let second = [1, 2].map { place in
            Self.held(
                Self.closed(
                    first[0], first[place], Self.innermost, filterSeconds: Self.filter,
                    periodSeconds: 0.5), ticks: 6)
        }
        let angles = [1e-3, 0.02, 0.3, 1, 2, 3]
        for angle in angles {
            let (found, wanted) = (chain.process.response(at: angle), second[0](angle))
            #expect((found - wanted).magnitude < rounding * wanted.magnitude)
        }
        // And once more around it, at a period that is four times as long.
        try chain.close(Self.middle, filterSeconds: 0, periodSeconds: 3, ticks: 4)
        let third = Self.held(
            Self.closed(second[0], second[1], Self.middle, filterSeconds: 0, periodSeconds: 3),
            ticks: 4)
        for angle in angles {
            let (found, wanted) = (chain.process.response(at: angle), third(angle))
            #expect((found - wanted).magnitude < rounding * wanted.magnitude)
        }
    }

    @Test("the gain margin of the outer loop is where the cascade, run tick by tick, is lost")
    func isLost() throws {
        var chain = try Self.chain
        try chain.close(
            Self.innermost, filterSeconds: Self.filter, periodSeconds: 0.5, ticks: 6)
        let margins = LoopMargins(
            Self.middle, filterSeconds: 0, on: chain.process, periodSeconds: 3,
            slowestSeconds: 150)
        #expect(margins.isStable && margins.ms > 1.1)
        // 3000 ticks tell growth from decay to better than this.
        let near = 0.02
        #expect(try Self.settles(Self.middle, margins.gainMargin * (1 - near)))
        #expect(try !Self.settles(Self.middle, margins.gainMargin * (1 + near)))
    }

    @Test("an integrator that only the outer loop sees counts for that loop alone")
    func integrator() throws {
        // Speed behind a lag, and position.
        var a = Matrix(rows: 2, columns: 2)
        a[0, 0] = -0.5
        a[1, 0] = 1
        var chain = try SampledChain(
            StateSpace(a: a, b: [0.5, 0], c: [1, 0]), outer: [[0, 1]], deadTimeSeconds: 0,
            periodSeconds: 0.1)
        let inner = PIDGains(kp: 3, tiSeconds: 2)
        let lag = try TransferFunction(gain: 1, lags: [2])
        let alone = try LoopMargins(inner, on: lag, periodSeconds: 0.1)
        let found = LoopMargins(
            inner, filterSeconds: 0, on: chain.process, periodSeconds: 0.1, slowestSeconds: 2)
        #expect(found.isStable && alone.isStable)
        #expect(abs(found.ms - alone.ms) < 1e-6)
        #expect(abs(found.phaseMarginDegrees - alone.phaseMarginDegrees) < 1e-4)
        try chain.close(inner, filterSeconds: 0, periodSeconds: 0.1, ticks: 2)
        let outer = LoopMargins(
            PIDGains(kp: 0.3), filterSeconds: 0, on: chain.process, periodSeconds: 0.2,
            slowestSeconds: 2)
        #expect(outer.isStable && outer.gainMargin > 2)
    }

    @Test("a dead time of more periods than a chain has states for is refused")
    func refuses() throws {
        let space = StateSpace(try TransferFunction(gain: 1, lags: [50]))
        #expect(throws: TuningFault.self) {
            _ = try SampledChain(
                space, outer: [space.c], deadTimeSeconds: 60, periodSeconds: 1)
        }
    }

    /// Runs the cascade and compares late with early errors.
    private static func settles(_ outer: PIDGains, _ factor: Double) throws -> Bool {
        var (inside, outside) = (try process(0), try process(1))
        var (setpoint, outerSum, sum, slope) = (0.0, 0.0, 0.0, 0.0)
        var filtered = 0.0
        var (early, late) = (0.0, 0.0)
        let gains = innermost
        for tick in 0..<18_000 {
            let error = 1 - outside.output
            if tick % 6 == 0 {
                outerSum += factor * outer.ki * 3 * error
                setpoint = factor * outer.kp * error + outerSum
            }
            let previous = filtered
            filtered += 0.5 / (filter + 0.5) * (inside.output - filtered)
            sum += gains.ki * 0.5 * (setpoint - filtered)
            slope +=
                0.5 / (gains.tfSeconds + 0.5)
                * (-gains.kd * (filtered - previous) / 0.5 - slope)
            let command =
                gains.kp * (gains.setpointWeight * setpoint - filtered) + sum + slope
            inside.advance(input: command)
            outside.advance(input: command)
            if !error.isFinite || abs(error) > 1e6 { return false }
            if tick < 1_800 { early = max(early, abs(error)) }
            if tick >= 16_200 { late = max(late, abs(error)) }
        }
        return late < 0.1 * early
    }
}
