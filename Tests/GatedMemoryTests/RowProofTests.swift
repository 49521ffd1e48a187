import CellReference
import FixedPoint
import GatedMemory
import Testing

@Suite("What is proved at load")
struct RowProofTests {
    static let limit: Int32 = 65_535

    /// Two inputs, three units, one output, all zero.
    private func network() throws -> NetworkWeights {
        let shape = try #require(LSTMShape(inputs: 2, units: 3, outputs: 1))
        return NetworkWeights(shape: shape, format: .q4_27)
    }

    private func fault(of network: NetworkWeights) -> LSTMFault? {
        do {
            try network.withNetwork { _ in }
            return nil
        } catch {
            return error
        }
    }

    @Test("zeros are a network")
    func zeros() throws {
        #expect(fault(of: try network()) == nil)
    }

    @Test("a shape has 1 ... 16 inputs, 1 ... 64 units and 1 ... 4 outputs")
    func shapes() {
        #expect(LSTMShape(inputs: 16, units: 64, outputs: 4) != nil)
        for (inputs, units, outputs) in [
            (0, 1, 1), (17, 1, 1), (1, 0, 1), (1, 65, 1), (1, 1, 0), (1, 1, 5), (-1, -1, -1),
            (Int.max, Int.max, Int.max), (Int.min, 1, 1),
        ] {
            #expect(LSTMShape(inputs: inputs, units: units, outputs: outputs) == nil)
        }
    }

    @Test("each array must have the length that the shape asks for")
    func counts() throws {
        let network = try network()
        var changed = network
        changed.weights.removeLast()
        #expect(fault(of: changed) == .wrongCount(found: 59, expected: 60))
        changed = network
        changed.biases.append(0)
        #expect(fault(of: changed) == .wrongCount(found: 13, expected: 12))
        changed = network
        changed.exponents = []
        #expect(fault(of: changed) == .wrongCount(found: 0, expected: 12))
        changed = network
        changed.outputWeights.append(0)
        #expect(fault(of: changed) == .wrongCount(found: 4, expected: 3))
        changed = network
        changed.outputBiases = []
        #expect(fault(of: changed) == .wrongCount(found: 0, expected: 1))
        changed = network
        changed.outputExponents.append(0)
        #expect(fault(of: changed) == .wrongCount(found: 2, expected: 1))
    }

    @Test("-32768 is no weight, its neighbour is one")
    func illegalWeight() throws {
        var network = try network()
        network.weights[7] = -32_767
        #expect(fault(of: network) == nil)
        network.weights[7] = -32_768
        #expect(fault(of: network) == .illegalWeight(row: 1, column: 2))
        network.weights[7] = 0
        network.outputWeights[2] = -32_768
        #expect(fault(of: network) == .illegalWeight(row: 0, column: 2))
    }

    @Test("exponents are 0 ... 30", arguments: [-128, -1, 31, 127] as [Int8])
    func exponents(exponent: Int8) throws {
        var network = try network()
        network.exponents[4] = 30
        network.outputExponents[0] = 30
        #expect(fault(of: network) == nil)
        network.exponents[4] = exponent
        #expect(fault(of: network) == .exponentOutOfRange(row: 4, found: Int32(exponent)))
        network.exponents[4] = 0
        network.outputExponents[0] = exponent
        #expect(fault(of: network) == .exponentOutOfRange(row: 0, found: Int32(exponent)))
    }

    @Test("a row's sum is 65,535 at most", arguments: [1, -1] as [Int16])
    func weightSum(sign: Int16) throws {
        var network = try network()
        network.weights.replaceSubrange(5..<8, with: [sign * 32_767, -sign * 32_767, sign])
        #expect(fault(of: network) == nil)
        network.weights[8] = -sign
        #expect(
            fault(of: network)
                == .rowSumTooLarge(row: 1, found: Self.limit + 1, limit: Self.limit))
    }

    @Test("a bias counts as a weight for each begun 2^15", arguments: [1, -1] as [Int32])
    func biasSum(sign: Int32) throws {
        var network = try network()
        network.weights[0] = 32_767
        network.biases[0] = sign * 32_768 * 32_768
        #expect(fault(of: network) == nil)
        network.biases[0] += sign
        #expect(
            fault(of: network)
                == .rowSumTooLarge(row: 0, found: Self.limit + 1, limit: Self.limit))
    }

    @Test("the most negative bias is too large by itself")
    func extremeBias() throws {
        var network = try network()
        network.outputBiases[0] = Int32.min
        #expect(
            fault(of: network) == .rowSumTooLarge(row: 0, found: 65_536, limit: Self.limit))
    }

    @Test("a row with the largest sum reaches the largest integers without wrapping")
    func largestSum() throws {
        // One output whose terms all have the sign of their hidden values: sum and bias at the limit.
        var network = try network()
        network.outputWeights = [32_767, 32_767, 1]
        network.exponents = Array(repeating: 0, count: 12)
        for row in 0..<12 { network.biases[row] = 20 << 15 }
        network.outputExponents[0] = 13
        let output = try network.withNetwork { lstm in
            for _ in 0..<20 { lstm.step() }
            return lstm.output(0).bits
        }
        // h is 32767 in every unit: o = 1, tanh(c) rounds to 32768 and is clipped.
        #expect(output == 32_767 * 65_535)
    }

    @Test("an arena sixteen bytes too small is refused before anything is written")
    func exhausted() throws {
        let network = try network()
        let fault: LSTMFault? = TestArena.with(bytes: network.footprint - 16) { arena in
            do throws(LSTMFault) {
                _ = try network.network(in: &arena)
                return nil
            } catch {
                #expect(arena.used == 0)
                return error
            }
        }
        #expect(fault == .arenaExhausted)
    }
}
