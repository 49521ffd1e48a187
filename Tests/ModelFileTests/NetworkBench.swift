import Control
import FixedPoint
import GatedMemory
import ModelFile

/// The network of a model alone, fed with features that are computed anew in double precision.
@safe
final class NetworkBench {
    private let model: Model
    private var network: LSTM
    private var previous: (setpoint: Double, measurement: Double)?
    // Safe: allocated and freed here, and only the network's own regions point into it.
    private let block: UnsafeMutableRawPointer

    init(_ model: Model) throws {
        self.model = model
        let size = LSTM.footprint(model.shape)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4_096)
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        var arena = unsafe Arena(unsafeBlock: block, byteCount: size)
        do {
            network = try model.makeNetwork(in: &arena)
        } catch {
            unsafe block.deallocate()
            throw error
        }
        unsafe self.block = block
    }

    deinit {
        unsafe block.deallocate()
    }

    /// The second output after one step. No command is ever applied.
    func step(setpoint: Q3_28, measurement: Q3_28) -> Double {
        let (r, y) = (setpoint.doubleValue, measurement.doubleValue)
        for (index, feature) in model.features.enumerated() {
            let quantity =
                switch feature.source {
                case .error: r - y
                case .measurementChange: y - (previous?.measurement ?? y)
                case .setpointChange: r - (previous?.setpoint ?? r)
                case .commandChange: 0.0
                case .measurement: 2 * y - 1
                case .setpoint: 2 * r - 1
                case .command: -1.0
                case .constant: 1.0
                }
            let scaled = (quantity * feature.gain.doubleValue * 32_768 + 0.5).rounded(.down)
            network.setInput(index, Int16(min(max(scaled, -32_767), 32_767)))
        }
        previous = (r, y)
        network.step()
        return network.output(1).doubleValue
    }
}
