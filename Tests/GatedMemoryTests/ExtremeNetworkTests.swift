import CellReference
import FixedPoint
import GatedMemory
import Testing

/// Networks of any integers whatever: refused or run, never a trap. Each case prints its seed.
@Suite("Extreme networks")
struct ExtremeNetworkTests {
    @Test("weights at the ends of their types are refused or run", arguments: 1...60)
    func anything(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let network = try #require(drawn(&random, legal: false))
        do {
            try network.withNetwork { lstm in run(&lstm, &random) }
        } catch {
            #expect(error != .tableDamaged && error != .arenaExhausted)
        }
    }

    @Test("rows at the limit of the proof run, and no state leaves its range", arguments: 1...60)
    func atTheLimit(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let network = try #require(drawn(&random, legal: true))
        try network.withNetwork { lstm in run(&lstm, &random) }
    }

    @Test("an input of -32768 is the same as -32767")
    func mostNegativeInput() throws {
        var random = SplitMix64(seed: 7)
        let network = try #require(drawn(&random, legal: true))
        let states = try [Int16.min, -32_767].map { value in
            try network.withNetwork { lstm in
                lstm.setInput(0, value)
                lstm.step()
                lstm.step()
                return NetworkState(of: lstm)
            }
        }
        #expect(states[0] == states[1])
    }

    @Test("a reset network runs as a new one does", arguments: 1...5)
    func reset(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let network = try #require(drawn(&random, legal: true))
        let states = try network.withNetwork { lstm in
            (0..<2).map { _ in
                lstm.reset()
                lstm.setInput(0, 12_345)
                for _ in 0..<10 { lstm.step() }
                return (NetworkState(of: lstm), lstm.saturations)
            }
        }
        #expect(states[0].0 == states[1].0)
        #expect(states[0].1 == states[1].1)
    }

    @Test("mean gates lie in 0 ... 32768", arguments: 1...5)
    func meanGates(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let network = try #require(drawn(&random, legal: true))
        let gates = try network.withNetwork { lstm in
            lstm.step()
            return lstm.meanGates()
        }
        #expect([gates.input, gates.forget, gates.output].allSatisfy { $0 <= 32_768 })
    }

    /// Twenty steps of inputs at both ends; the ranges of `docs/arithmetic.md` hold after each.
    private func run(_ lstm: inout LSTM, _ random: inout SplitMix64) {
        for _ in 0..<20 {
            for index in 0..<lstm.shape.inputs {
                lstm.setInput(index, random.next().isMultiple(of: 2) ? Int16.min : Int16.max)
            }
            lstm.step()
            let state = NetworkState(of: lstm)
            #expect(state.c.allSatisfy { $0 != Int32.min })
            #expect(state.r.allSatisfy { $0 >= -(1 << 30) && $0 < 1 << 30 })
            #expect(state.h.allSatisfy { $0 != Int16.min })
            #expect(state.y.allSatisfy { $0 != Int32.min })
        }
    }

    private func drawn(_ random: inout SplitMix64, legal: Bool) -> NetworkWeights? {
        guard
            let shape = LSTMShape(
                inputs: random.uniform(1...16), units: random.uniform(1...12),
                outputs: random.uniform(1...4)),
            let format = CellFormat(fractionBits: random.uniform(15...30))
        else { return nil }
        var network = NetworkWeights(shape: shape, format: format)
        for row in 0..<shape.rows {
            let start = row * shape.columns
            fill(
                &network.weights, start..<(start + shape.columns), &network.biases[row],
                &network.exponents[row], &random, legal: legal)
        }
        for row in 0..<shape.outputs {
            let start = row * shape.units
            fill(
                &network.outputWeights, start..<(start + shape.units), &network.outputBiases[row],
                &network.outputExponents[row], &random, legal: legal)
        }
        return network
    }

    /// A row of ends of its types; a legal one spends exactly what the proof allows.
    private func fill(
        _ weights: inout [Int16], _ columns: Range<Int>, _ bias: inout Int32,
        _ exponent: inout Int8, _ random: inout SplitMix64, legal: Bool
    ) {
        guard legal else {
            let ends: [Int16] = [Int16.min, -32_767, 32_767, 0, 0, 0, 0, 0]
            for column in columns { weights[column] = ends[random.uniform(0...7)] }
            bias = [Int32.min, Int32.max, 0, 0][random.uniform(0...3)]
            exponent = Int8(random.uniform(-1...31))
            return
        }
        var left = 65_535
        for column in columns {
            let size = min(left, random.uniform(0...32_767))
            weights[column] = Int16(random.next().isMultiple(of: 2) ? size : -size)
            left -= size
        }
        bias = Int32(random.next().isMultiple(of: 2) ? left << 15 : -(left << 15))
        exponent = Int8(random.uniform(0...30))
    }
}
