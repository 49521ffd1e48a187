import Control
import FixedPoint
import ModelFile
import Testing

@Suite("A PID written down as a network: small-signal gains")
struct PIDModelGainTests {
    /// What the construction promises.
    static let promise = 0.01
    static let gains = [0.05, 0.2, 1, 10.2, 50, -8.5, 2_000] as [Double]

    /// Least-squares slope of y over x.
    private static func slope(_ points: [(x: Double, y: Double)]) -> Double {
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let covariance = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        return covariance / points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    }

    @Test("the proportional gain alone", arguments: gains, [0, 0.5, 1] as [Double])
    func proportional(kp: Double, b: Double) throws {
        // Beyond 7 ranges the weight needs an integrator that something corrects; this one moves
        // by 1e-9 of an error a tick.
        let ki = (kp * (1 - b)).magnitude > 7 ? 1e-9 : 0
        let bench = try LawBench(PIDParameters(kp: kp, ki: ki, b: b))
        // Measurements that move P by a tenth of the range either way, and by a tenth of the span
        // at most.
        let reach = min(0.1, 0.1 / kp.magnitude)
        var measured: [(x: Double, y: Double)] = []
        var asked: [(x: Double, y: Double)] = []
        for step in -200...200 {
            let offset = reach * Double(step) / 200
            measured.append((offset, bench.update(0.5, 0.5 + offset).0))
            asked.append((offset, bench.update(0.5 + offset, 0.5).0))
        }
        #expect((Self.slope(measured) / -kp - 1).magnitude < Self.promise)
        guard b > 0 else {
            #expect((Self.slope(asked) / kp).magnitude < Self.promise)
            return
        }
        #expect((Self.slope(asked) / (b * kp) - 1).magnitude < Self.promise)
    }

    @Test("without an integral the weighted setpoint leaves no offset", arguments: [0.2, 1, 4])
    func noOffset(kp: Double) throws {
        let bench = try LawBench(PIDParameters(kp: kp, b: 0.5))
        for r in [0.1, 0.5, 0.9] {
            let (learned, fixed) = bench.update(r, r)
            #expect((learned - fixed).magnitude < 0.01 * max(1, kp))
        }
    }

    @Test(
        "the setpoint weight over the whole span",
        arguments: [
            (1, 0, 0), (4, 0.5, 0), (7, 0, 0), (7.5, 0, 1e-9), (10.2, 0, 1e-9),
            (35, 0, 1e-9), (-30, 0.5, 1e-9), (2_000, 0.99, 1e-9),
        ] as [(Double, Double, Double)])
    func setpointWeight(kp: Double, b: Double, ki: Double) throws {
        for centre in [0.1, 0.5, 0.9] {
            let bench = try LawBench(PIDParameters(kp: kp, ki: ki, b: b))
            var points: [(x: Double, y: Double)] = []
            for step in -100...100 {
                // With the measurement at the setpoint only the weight is seen.
                let r = centre + 0.1 * Double(step) / 100
                points.append((r, bench.update(r, r).0))
            }
            #expect((Self.slope(points) / (kp * (b - 1)) - 1).magnitude < Self.promise)
        }
    }

    @Test(
        "the integral gain alone",
        arguments: [1e-8, 1e-6, 0.000_714, 0.146, 0.7, 1, 3.7, -0.1] as [Double])
    func integral(ki: Double) throws {
        let bench = try LawBench(PIDParameters(kp: 0, ki: ki))
        let error = min(0.25, 0.001 / ki.magnitude)
        let first = bench.update(0.5 + error, 0.5).0
        var last = first
        let ticks = 1_000
        for _ in 0..<ticks {
            last = bench.update(0.5 + error, 0.5).0
        }
        let expected = ki * error * Double(ticks)
        // A unit of the command is all that the difference of two of them can resolve.
        let tolerance = Self.promise * expected.magnitude + 0x1p-28
        #expect((last - first - expected).magnitude < tolerance)
    }

    @Test(
        "the derivative gain alone",
        arguments: [0.05, 1, 20, 400, -30] as [Double], [1, 0.2, 0.01] as [Double])
    func derivative(kd: Double, filter: Double) throws {
        let bench = try LawBench(PIDParameters(kp: 0, kd: kd, filter: filter))
        // A slope that makes a derivative part of a fifth of the range, or what the span allows.
        let ticks = Int(12 / filter)
        let slope = min(0.2 / kd.magnitude, 0.8 / Double(ticks))
        var learned = 0.0
        for tick in 0..<ticks {
            learned = bench.update(0.5, 0.1 + slope * Double(tick)).0
        }
        // Half a unit of a hidden value, whose full scale is worth four times the part's reach.
        let unit = min(4, kd.magnitude / 4) * 4 / 32_768
        let tolerance = Self.promise * (kd * slope).magnitude + unit / 2
        #expect((learned + kd * slope).magnitude < tolerance)
    }

    @Test(
        "all of it together follows the fixed PID through a wandering signal",
        arguments: [0.05, 0.5, 2, 10.2, 50], [0, 20, 300] as [Double])
    func together(kp: Double, ti: Double) throws {
        for (td, b) in [(0, 1), (4, 1), (12, 0.5), (4, 0)] as [(Double, Double)] {
            guard ti > 0 || kp * (1 - b) <= 7 else { continue }
            let bench = try LawBench(PIDParameters(kp: kp, ti: ti, td: td, b: b))
            if ti > 0 {
                // The integrators follow what holds the plant where it begins.
                _ = bench.update(0.5, 0.5)
                bench.settle(0.5, 0.5, isActing: false)
            }
            let rest = ti > 0 ? 0.5 : kp * (b - 1) * 0.5
            var random = SplitMix64(seed: 7)
            var (r, y) = (0.5, 0.5)
            // Small signals: a proportional part of a tenth of the range.
            let size = min(0.1, 0.1 / kp)
            var differences: [Double] = []
            var power = 0.0
            for tick in 0..<600 {
                r = 0.5 + size * (tick / 150 % 2 == 0 ? 1 : -1) / 2
                let draw = Double(random.uniform(-1_000...1_000)) / 1_000
                y += 0.1 * (0.5 + size * draw - y)
                let (learned, fixed) = bench.update(r, y)
                bench.settle(learned, fixed)
                differences.append(learned - fixed)
                power += (fixed - rest) * (fixed - rest)
            }
            let difference = differences.reduce(0) { $0 + $1 * $1 }
            // What rounding a hidden value leaves, root mean square.
            let unit = min(4, 2 * kp) * 4 / 32_768 / 12.0.squareRoot()
            let allowed = Self.promise * (power / 600).squareRoot() + unit
            #expect(
                (difference / 600).squareRoot() < allowed, "kp \(kp), ti \(ti), td \(td), b \(b)")
        }
    }

    @Test(
        "a step of the setpoint beyond the proportional part moves no weighted command",
        arguments: [10.2, 50, -50])
    func largeStep(kp: Double) throws {
        // b = 0: the fixed PID does not look at the setpoint but for its integral, here 1e-9.
        let bench = try LawBench(PIDParameters(kp: kp, ki: kp * 1e-9, b: 0, tracking: 0.01))
        for setpoint in [0.1, 0.9, 0.2, 0.5] {
            let (learned, fixed) = bench.update(setpoint, 0.1)
            if setpoint == 0.1 { bench.settle(0.5, 0.5, isActing: false) }
            // 4 % of a full proportional part of four ranges: what its squashing function bends.
            #expect(setpoint == 0.1 || (learned - fixed).magnitude <= 0.16)
        }
    }

    @Test("gains that the arithmetic cannot hold are refused with the reason")
    func refused() {
        let lone = PIDParameters(kp: 50, b: 0)
        #expect(
            throws: ModelFault.illegalValue(
                key: "pid", found: "kp (1 - b) of 50.0 without ti_s",
                allowed: "at most 7.0 output ranges per span: b closer to 1, or integral action")
        ) { try Model(pid: lone, periodSeconds: 1) }
        let filtered = PIDParameters(kp: 1, ki: 0.1, measurementFilter: 0.5)
        #expect(
            throws: ModelFault.illegalValue(
                key: "pid", found: "a filter on the measurement", allowed: "none: filter_s = 0")
        ) { try Model(pid: filtered, periodSeconds: 1) }
    }
}
