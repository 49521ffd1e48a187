import FixedPoint
import GatedMemory

/// A network, its inputs and what an independent implementation made of them: one golden file.
public struct GoldenCase: Decodable, Sendable, CustomStringConvertible {
    public let name: String
    public let kind: String
    public let steps: Int
    public let input: GoldenInput
    public let first: [NetworkState]
    public let checkpoints: [GoldenCheckpoint]
    public let final: NetworkState
    public let saturations: Int
    public let tableCRC32: UInt32
    let units: Int
    let inputs: Int
    let outputs: Int
    let fractionBits: Int
    let weights: Packed<Int16>
    let biases: Packed<Int32>
    let exponents: Packed<Int8>
    let outputWeights: Packed<Int16>
    let outputBiases: Packed<Int32>
    let outputExponents: Packed<Int8>

    public var description: String { name }

    /// `nil` when the file's sizes are none of a network.
    public var network: NetworkWeights? {
        guard let shape = LSTMShape(inputs: inputs, units: units, outputs: outputs),
            let format = CellFormat(fractionBits: fractionBits)
        else { return nil }
        var network = NetworkWeights(shape: shape, format: format)
        network.weights = weights.elements
        network.biases = biases.elements
        network.exponents = exponents.elements
        network.outputWeights = outputWeights.elements
        network.outputBiases = outputBiases.elements
        network.outputExponents = outputExponents.elements
        return network
    }

    /// The inputs of the first steps, Q15.
    public func inputs(steps: Int) -> [[Int16]] {
        input.values(steps: steps, inputs: inputs)
    }

    /// Runs the network and names everything in which it differs from the file.
    ///
    /// The final state and the saturations are compared when all steps are run.
    public func differences(steps: Int) throws -> [String] {
        guard let network else { return ["shape"] }
        var random = inputs(steps: steps)[...]
        return try network.withNetwork { lstm in
            var found: [String] = []
            var checksum = Checksum()
            var expected = checkpoints.filter { $0.steps <= steps }[...]
            for step in 1...steps {
                for (index, value) in (random.popFirst() ?? []).enumerated() {
                    lstm.setInput(index, value)
                }
                lstm.step()
                let state = NetworkState(of: lstm)
                state.add(to: &checksum)
                if step <= first.count, state != first[step - 1] { found.append("step \(step)") }
                if let checkpoint = expected.first, checkpoint.steps == step {
                    expected.removeFirst()
                    if checkpoint.crc32 != checksum.value { found.append("checksum \(step)") }
                }
            }
            if steps == self.steps {
                if NetworkState(of: lstm) != final { found.append("final state") }
                if Int(lstm.saturations) != saturations { found.append("saturations") }
            }
            return found
        }
    }
}
