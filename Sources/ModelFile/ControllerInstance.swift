package import Control
import FixedPoint
package import GatedMemory

/// A control loop together with the one block of memory that it runs in.
///
/// A class, since the loop's spans point into the block: both live and die together. Everything is
/// allocated here, at set-up.
@safe
package final class ControllerInstance {
    /// The loop; its steps allocate nothing.
    package var loop: ControlLoop
    // Safe: allocated and freed here, and only the loop's own regions point into it.
    private var block: UnsafeMutableRawPointer

    /// Lays out a controller for the model, or one that only runs its PID.
    package init(parameters: LoopParameters, model: Model?) throws(ModelFault) {
        let size = max(4_096, model.map { LearnedLaw.footprint($0.shape) } ?? 0)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4_096)
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        var arena = unsafe Arena(unsafeBlock: block, byteCount: size)
        do throws(ModelFault) {
            if let model {
                let law = try model.makeLaw(in: &arena)
                loop = ControlLoop(parameters: parameters, law: law)
            } else {
                loop = ControlLoop(parameters: parameters, law: nil)
            }
        } catch {
            unsafe block.deallocate()
            throw error
        }
        unsafe self.block = block
    }

    /// Takes over the parameters of a fresh instance between two ticks and, when the learned law is
    /// another one, that law with its memory. The fresh instance then owns what was here.
    ///
    /// Nothing is allocated or freed.
    package func revise(_ fresh: ControllerInstance, replacesLaw: Bool) {
        if replacesLaw {
            loop.exchangeLaw(with: &fresh.loop)
            // Safe: each law goes together with the block that it lies in.
            unsafe swap(&block, &fresh.block)
        }
        loop.revise(fresh.loop.parameters)
    }

    deinit {
        unsafe block.deallocate()
    }
}

extension Model {
    /// The network alone, proved, in the arena.
    package func makeNetwork(in arena: inout Arena) throws(ModelFault) -> LSTM {
        let weights = rows.flatMap(\.weights)
        let outputWeights = outputRows.flatMap(\.weights)
        let (biases, exponents) = (rows.map(\.bias), rows.map(\.exponent))
        let (outputBiases, outputExponents) = (
            outputRows.map(\.bias), outputRows.map(\.exponent)
        )
        do {
            return try LSTM(
                shape: shape, format: format, weights: weights.span, biases: biases.span,
                exponents: exponents.span, outputWeights: outputWeights.span,
                outputBiases: outputBiases.span, outputExponents: outputExponents.span,
                arena: &arena)
        } catch {
            throw .network(error)
        }
    }

    /// The law around that network, in the arena.
    package func makeLaw(in arena: inout Arena) throws(ModelFault) -> LearnedLaw {
        guard features.count == shape.inputs else {
            throw .wrongShape(
                tensor: "features.source", found: [features.count], expected: [shape.inputs])
        }
        guard shape.outputs <= LearnedLaw.outputLimit else {
            throw .illegalValue(
                key: "shape", found: "\(shape.outputs) outputs",
                allowed: "1...\(LearnedLaw.outputLimit)")
        }
        let network = try makeNetwork(in: &arena)
        return LearnedLaw(
            network: network, features: features.span, parameters: law, arena: &arena)
    }
}
