import EpisodeReference
import Episodes
import Foundation
import Plants
import Testing

/// An operation in both numbers: the lanes with their slope, and Double for the differences.
struct DualOperation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let dual: @Sendable (LaneDual) -> LaneDual
    let scalar: @Sendable (Double) -> Double
    /// Where it is tried.
    let points: [Double]
}

@Suite("Values with their slopes")
struct LaneDualTests {
    /// Rounding of a few operations in single precision, of a slope of about 1.
    private let rounding = 2e-6
    /// The same of an exponential of a large argument or a tanh, whose relative error in the
    /// argument is multiplied by the argument.
    private let singlePrecision = 2e-5

    private static let operations = [
        DualOperation(
            testDescription: "sum", dual: { LaneDual(2) + $0 + $0 }, scalar: { 2 + $0 + $0 },
            points: [-1, 0, 2]),
        DualOperation(
            testDescription: "difference", dual: { LaneDual(2) - $0 - $0 },
            scalar: { 2 - $0 - $0 }, points: [-1, 0, 2]),
        DualOperation(
            testDescription: "product", dual: { $0 * ($0 + LaneDual(1)) },
            scalar: { $0 * ($0 + 1) }, points: [-1, 0, 2]),
        DualOperation(
            testDescription: "quotient", dual: { ($0 + LaneDual(1)) / ($0 * $0 + LaneDual(2)) },
            scalar: { ($0 + 1) / ($0 * $0 + 2) }, points: [-1, 0, 2]),
        DualOperation(
            testDescription: "negative", dual: { -$0 }, scalar: { -$0 }, points: [-1, 2]),
        DualOperation(
            testDescription: "exp", dual: { LaneDual.exp($0) }, scalar: { exp($0) },
            points: [-3, 0, 1]),
        DualOperation(
            testDescription: "tanh", dual: { LaneDual.tanh($0) }, scalar: { tanh($0) },
            points: [-2, 0, 0.5]),
        DualOperation(
            testDescription: "root", dual: { LaneDual.sqrt($0) }, scalar: { $0.squareRoot() },
            points: [0.01, 1, 4]),
        DualOperation(
            testDescription: "minimum",
            dual: { LaneDual.minimum($0 * $0, LaneDual(2) * $0 + LaneDual(1)) },
            scalar: { min($0 * $0, 2 * $0 + 1) }, points: [-2, 0, 1, 3]),
        DualOperation(
            testDescription: "maximum",
            dual: { LaneDual.maximum($0 * $0, LaneDual(2) * $0 + LaneDual(1)) },
            scalar: { max($0 * $0, 2 * $0 + 1) }, points: [-2, 0, 1, 3]),
    ]

    @Test("each operation has the slope of small differences", arguments: operations)
    func slopes(operation: DualOperation) {
        for point in operation.points {
            let found = operation.dual(
                LaneDual(Lanes(point), slope: Lanes(repeating: 1)))
            let step = 1e-5
            let slope =
                (operation.scalar(point + step) - operation.scalar(point - step)) / (2 * step)
            let scale = max(1, abs(slope))
            let value = operation.scalar(point)
            #expect(abs(Double(found.slope[5]) - slope) < rounding * scale, "at \(point)")
            #expect(
                abs(Double(found.value[5]) - value) < rounding * max(1, abs(value)),
                "at \(point)")
        }
    }

    @Test("a root has a finite slope at zero")
    func boundsRoot() {
        let found = LaneDual.sqrt(LaneDual(Lanes.zero, slope: Lanes(repeating: 1)))
        #expect(found.value == .zero)
        // Of a root of 1e-6: 1 / (2 * 1e-3).
        #expect(abs(found.slope[0] - 500) < 1e-3)
    }

    /// Slopes of `derivative` with regard to each state and input, against differences of the same
    /// equations in Double.
    private func compare(
        _ dual: AnyPlant<LaneDual>, _ scalar: AnyPlant<Double>, at state: [Double],
        input: [Double]
    ) {
        let count = scalar.stateCount
        let place = state + input
        func rates(_ place: [Double]) -> [Double] {
            let (moved, push) = (Array(place[..<count]), Array(place[count...]))
            var rate = [Double](repeating: 0, count: count)
            var span = rate.mutableSpan
            scalar.derivative(state: moved.span, input: push.span, into: &span)
            return rate
        }
        for direction in place.indices {
            let step = 1e-5 * max(1, abs(place[direction]))
            var (above, below) = (place, place)
            above[direction] += step
            below[direction] -= step
            let (faster, slower) = (rates(above), rates(below))
            let moved = place.enumerated().map {
                LaneDual(
                    Lanes($0.element), slope: Lanes(repeating: $0.offset == direction ? 1 : 0))
            }
            let (states, inputs) = (Array(moved[..<count]), Array(moved[count...]))
            var found = [LaneDual](repeating: LaneDual(0), count: count)
            var span = found.mutableSpan
            dual.derivative(state: states.span, input: inputs.span, into: &span)
            for index in 0..<count {
                let slope = (faster[index] - slower[index]) / (2 * step)
                let size = abs(slope) + 1e-3 * abs(faster[index])
                #expect(
                    abs(Double(found[index].slope[2]) - slope) <= singlePrecision * size + 1e-9,
                    "state \(index), direction \(direction)")
            }
        }
    }

    @Test("the heater's equations have the slopes of small differences")
    func heater() {
        compare(.heater(HeaterPlant()), .heater(HeaterPlant()), at: [330, 325], input: [60])
    }

    @Test("the motor's equations have them, also where it turns")
    func motor() {
        for speed in [-40, -0.5, 0, 1.5, 60] {
            compare(.motor(MotorPlant()), .motor(MotorPlant()), at: [1.2, speed], input: [5])
        }
    }

    @Test("the tank's equations have them")
    func tank() {
        for level in [2.0, 20, 80] {
            compare(.tank(TankPlant()), .tank(TankPlant()), at: [level, 35], input: [45])
        }
    }

    @Test("a chain and the plants with several inputs have them")
    func others() throws {
        compare(
            .linear(try LinearPlant(gain: LaneDual(2), lags: [LaneDual(1), LaneDual(0.4)])),
            .linear(try LinearPlant(gain: 2, lags: [1, 0.4])), at: [0.4, 0.2], input: [0.7])
        compare(
            .tclab(TclabPlant()), .tclab(TclabPlant()), at: [40, 35, 38, 33], input: [50, 20])
        compare(
            .quadrupleTank(QuadrupleTankPlant()), .quadrupleTank(QuadrupleTankPlant()),
            at: [12, 13, 2, 1.5], input: [3, 2.5])
        compare(.cstr(CstrPlant()), .cstr(CstrPlant()), at: [0.8, 330], input: [300])
        compare(
            .jacket(JacketPlant()), .jacket(JacketPlant()), at: [50, 60, 11], input: [40, 2, 3])
    }
}
