import FixedPoint
import GatedMemory

/// What the integers of a model compute on a fixed input: the fingerprint of its arithmetic.
///
/// The CRC begins with every row's exponent, bias and weights, since a weight behind a saturated
/// gate leaves no trace. Inputs are uniform in -32767 ... 32767 from SplitMix64 seeded with 1;
/// after each step it takes in hidden value, cell and residue of every unit, then every output. A
/// program that computes another CRC must not run the model.
package enum GoldenTrace {
    /// Steps checked each time a model is loaded: a few milliseconds.
    package static let prefixSteps = 256
    /// Steps of the whole trace, checked by `flyball check`.
    package static let fullSteps = 10_000

    /// CRC-32 after `steps` steps.
    package static func crc32(of model: Model, steps: Int) throws(ModelFault) -> UInt32 {
        let size = LSTM.footprint(model.shape)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4_096)
        defer { unsafe block.deallocate() }
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        var arena = unsafe Arena(unsafeBlock: block, byteCount: size)
        var network = try model.makeNetwork(in: &arena)
        var random = SplitMix64(seed: 1)
        var crc = CRC32()
        for row in model.rows + model.outputRows {
            crc.update(UInt8(bitPattern: row.exponent))
            crc.update(row.bias)
            for weight in row.weights {
                crc.update(weight)
            }
        }
        for _ in 0..<steps {
            for input in 0..<model.shape.inputs {
                network.setInput(input, Int16(random.uniform(-32_767...32_767)))
            }
            network.step()
            for unit in 0..<model.shape.units {
                let cell = network.cell(unit)
                crc.update(network.hidden(unit))
                crc.update(cell.value)
                crc.update(cell.residue)
            }
            for output in 0..<model.shape.outputs {
                crc.update(network.output(output).bits)
            }
        }
        return crc.value
    }
}
