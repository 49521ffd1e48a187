import Devices
import FixedPoint
import Testing

@Suite("Encoder with two phases")
struct QuadratureTests {
    @Test("the position follows every walk, whatever the levels at its begin", arguments: 0..<4)
    func walk(begin: Int) {
        // Levels of A and B at quarter step n, forwards.
        let levels = [(false, false), (true, false), (true, true), (false, true)]
        var random = SplitMix64(seed: UInt64(begin))
        var quarter = begin
        var encoder = Quadrature(a: levels[begin].0, b: levels[begin].1)
        for _ in 0..<1000 {
            let before = levels[((quarter % 4) + 4) % 4]
            quarter += Bool.random(using: &random) ? 1 : -1
            let after = levels[((quarter % 4) + 4) % 4]
            if before.0 != after.0 {
                encoder.take(line: 0, isActive: after.0)
            } else {
                encoder.take(line: 1, isActive: after.1)
            }
            #expect(encoder.position == Int64(quarter - begin), "seed \(begin)")
        }
        #expect(encoder.faults == 0)
    }

    @Test("a change to the level that it had is a fault and no step", arguments: [0, 1])
    func fault(line: Int) {
        var encoder = Quadrature(a: true, b: true)
        encoder.take(line: line, isActive: true)
        #expect(encoder.faults == 1)
        #expect(encoder.position == 0)
    }
}
