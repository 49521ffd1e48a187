import Simulation
import Testing

@Suite("Noise")
struct NormalNoiseTests {
    /// Computed by a second implementation, in Python.
    @Test("the first numbers of a seed and a stream are known")
    func known() {
        var first = NormalNoise(seed: 1, stream: 0)
        #expect(first.next() == 0x1.ea7c8f33d89fcp-2)
        #expect(first.next() == 0x1.7dcf408cd7c28p+0)
        #expect(first.next() == 0x1.20dc3d0844ebep-2)
        var stream = NormalNoise(seed: 1, stream: 1)
        #expect(stream.next() == 0x1.a0f227917f827p+0)
        var seed = NormalNoise(seed: 2, stream: 0)
        #expect(seed.next() == -0x1.c0c2cf0484bf0p+0)
    }

    /// Five standard errors of 20,000 numbers; the sum of twelve has an excess kurtosis of -0.1.
    @Test(
        "it has mean 0, deviation 1, no skew, and tails a little shorter than normal",
        arguments: [1, 2, 77] as [UInt64])
    func moments(seed: UInt64) {
        let values = numbers(seed: seed, stream: 3, count: 20_000)
        let mean = average(values)
        let variance = average(values.map { ($0 - mean) * ($0 - mean) })
        let third = average(values.map { ($0 - mean) * ($0 - mean) * ($0 - mean) })
        let fourth = average(values.map { ($0 - mean) * ($0 - mean) * ($0 - mean) * ($0 - mean) })
        #expect(abs(mean) < 0.036)
        #expect(abs(variance.squareRoot() - 1) < 0.025)
        #expect(abs(third) < 0.087)
        #expect(abs(fourth / (variance * variance) - 2.9) < 0.173)
        #expect(values.allSatisfy { abs($0) <= 6 })
    }

    @Test("what lies beyond one, two and three deviations is as much as normal")
    func tails() {
        let values = numbers(seed: 5, stream: 0, count: 20_000)
        let shares = [1.0, 2, 3].map { limit in
            Double(values.count { abs($0) > limit }) / Double(values.count)
        }
        // Of the sum of twelve: 0.3195, 0.0465, 0.0021; four standard errors.
        #expect(abs(shares[0] - 0.3195) < 0.0132)
        #expect(abs(shares[1] - 0.0465) < 0.0060)
        #expect(abs(shares[2] - 0.0021) < 0.0013)
    }

    @Test(
        "two streams of a seed, two seeds, and neighbours in time have nothing to do with another")
    func independence() {
        let count = 20_000
        let one = numbers(seed: 9, stream: 0, count: count)
        // Four standard errors.
        let bound = 4 / Double(count).squareRoot()
        for stream in [1, 2, 1_000] as [UInt64] {
            let other = numbers(seed: 9, stream: stream, count: count)
            #expect(abs(correlation(one, other)) < bound)
        }
        #expect(abs(correlation(one, numbers(seed: 10, stream: 0, count: count))) < bound)
        for lag in [1, 2, 12] {
            #expect(abs(correlation(Array(one.dropFirst(lag)), one)) < bound)
        }
    }

    private func numbers(seed: UInt64, stream: UInt64, count: Int) -> [Double] {
        var noise = NormalNoise(seed: seed, stream: stream)
        return (0..<count).map { _ in noise.next() }
    }

    private func average(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    private func correlation(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } / Double(min(left.count, right.count))
    }
}
