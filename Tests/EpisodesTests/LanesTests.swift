import Episodes
import Foundation
import Testing

@Suite("Sixteen numbers at once")
struct LanesTests {
    #if DEBUG
        private let points = 4_000
    #else
        private let points = 1_000_000
    #endif

    /// The largest of what `error` says of each of the points spread evenly over a range.
    private func worst(
        _ range: ClosedRange<Float>, _ function: (Lanes) -> Lanes,
        _ error: (_ argument: Double, _ found: Double) -> Double
    ) -> Double {
        var worst = 0.0
        for start in stride(from: 0, to: points, by: Lanes.scalarCount) {
            var arguments = Lanes.zero
            for lane in 0..<Lanes.scalarCount {
                let part = Float(start + lane) / Float(points)
                arguments[lane] =
                    range.lowerBound + part * (range.upperBound - range.lowerBound)
            }
            let found = function(arguments)
            for lane in 0..<Lanes.scalarCount {
                worst = max(worst, error(Double(arguments[lane]), Double(found[lane])))
            }
        }
        return worst
    }

    @Test(
        "e^x is right to 2e-7 from -87 to 87",
        arguments: [-87...87, -1...1] as [ClosedRange<Float>])
    func exponential(range: ClosedRange<Float>) {
        let error = worst(range, Lanes.exp) { x, y in abs(y / exp(x) - 1) }
        #expect(error < 2e-7)
    }

    @Test("beyond its range e^x stays at the value of the bound")
    func clipsExponential() {
        #expect(Lanes.exp(Lanes(repeating: -1_000)) == Lanes.exp(Lanes(repeating: -87)))
        #expect(Lanes.exp(Lanes(repeating: 1_000)) == Lanes.exp(Lanes(repeating: 87)))
        #expect(Lanes.exp(Lanes(repeating: .infinity))[3].isFinite)
    }

    @Test("the sigmoid is right to 1.2e-7 of 1")
    func sigmoid() {
        let error = worst(-100...100, Lanes.sigmoid) { x, y in abs(y - 1 / (1 + exp(-x))) }
        #expect(error < 1.2e-7)
        let middle = worst(-6...6, Lanes.sigmoid) { x, y in abs(y - 1 / (1 + exp(-x))) }
        #expect(middle < 1.2e-7)
    }

    @Test("tanh is right to 2e-7 of 1, and never beyond it", arguments: [1, 10, 100] as [Float])
    func tangent(bound: Float) {
        let error = worst(-bound...bound, Lanes.tanh) { x, y in abs(y - tanh(x)) }
        #expect(error < 2e-7)
        let size = worst(-bound...bound, Lanes.tanh) { _, y in abs(y) }
        #expect(size <= 1)
    }

    @Test("each lane is computed on its own")
    func separatesLanes() {
        for lane in 0..<Lanes.scalarCount {
            var value = Lanes.zero
            value[lane] = 1
            let found = Lanes.exp(value)
            for other in 0..<Lanes.scalarCount {
                let expected = other == lane ? Foundation.exp(1.0) : 1
                #expect(abs(Double(found[other]) - expected) < 1e-6)
            }
        }
    }

    @Test("the total is the sum of the lanes, the least value the least of them")
    func sums() {
        let lanes = Lanes((0..<16).map { Float($0) * 0.5 - 2 })
        #expect(lanes.total == 0.5 * 120 - 32)
        #expect(lanes.leastValue == -2)
    }
}
