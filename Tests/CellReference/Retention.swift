public import FixedPoint
import Foundation
public import GatedMemory

/// How well a memory holds a value, against the exact power of the forget gate.
public enum Retention {
    /// `1 - f` of the forget gates that are measured; the last one is exactly open.
    public static let leaks = [5e-4, 1e-4, 1e-5, 1e-6, 0]

    /// `f^ticks`.
    public static func exact(leak: Double, ticks: Int) -> Double {
        exp(Double(ticks) * log1p(-leak))
    }

    /// Relative error of a cell of 27 fraction bits that begins at 1, under pinned gates.
    public static func pinnedError(leak: Double, ticks: Int) -> Double {
        var cell = MemoryCell(value: 1 << 27)
        let gate = Gate(clamping: Int64((scalbn(leak, 31)).rounded()))
        hold(&cell, input: .shut, leak: gate, ticks: ticks)
        return relativeError(of: cell, from: MemoryCell(value: 1 << 27), leak: leak, ticks: ticks)
    }

    /// Relative errors, one for each of `leaks`, of an LSTM whose forget biases are logit(f).
    ///
    /// The first step writes tanh(4) into all cells, through an input gate that the input opens to
    /// exactly 1; it is exactly shut afterwards.
    public static func sigmoidErrors(ticks: Int) throws(LSTMFault) -> [Double] {
        guard let network = network() else { return [] }
        return try network.withNetwork { lstm in
            lstm.setInput(0, 32_767)
            lstm.step()
            let written = leaks.indices.map { lstm.cell($0) }
            lstm.setInput(0, 0)
            for _ in 0..<ticks { lstm.step() }
            return leaks.indices.map { index in
                relativeError(
                    of: lstm.cell(index), from: written[index], leak: leaks[index], ticks: ticks)
            }
        }
    }

    /// Ticks of a cell under pinned gates, with candidates that change.
    ///
    /// Neither inlined nor visible to another module: nobody can know the gates and leave the loop out.
    @inline(never)
    public static func hold(_ cell: inout MemoryCell, input: Gate, leak: Gate, ticks: Int) {
        var candidate: Int32 = 1
        for _ in 0..<ticks {
            _ = cell.update(candidate: candidate, input: input, leak: leak, format: .q4_27)
            // An odd multiplier modulo 2^31: never the most negative integer.
            candidate = (candidate &* 1_103_515_245 &+ 12_345) & 0x7FFF_FFFF
        }
    }

    private static func relativeError(
        of cell: MemoryCell, from start: MemoryCell, leak: Double, ticks: Int
    ) -> Double {
        let held = value(cell) / value(start)
        return abs(held / exact(leak: leak, ticks: ticks) - 1)
    }

    private static func value(_ cell: MemoryCell) -> Double {
        Double(cell.value) + scalbn(Double(cell.residue), -31)
    }

    /// One input, a unit for each leak.
    private static func network() -> NetworkWeights? {
        let units = leaks.count
        guard let shape = LSTMShape(inputs: 1, units: units, outputs: 1) else { return nil }
        var network = NetworkWeights(shape: shape, format: .q4_27)
        for unit in 0..<units {
            // i: 40 x - 20 with 9 fraction bits.
            set(row: unit, weight: 40 << 9, bias: -20 << 24, exponent: 9)
            // f: logit(f) in Q26; 17 is beyond the sigmoid's end.
            let leak = leaks[unit]
            let logit = leak == 0 ? 17 : log1p(-leak) - log(leak)
            set(
                row: units + unit, weight: 0, bias: Int32((scalbn(logit, 26)).rounded()),
                exponent: 11)
            // g: 4 x.
            set(row: 3 * units + unit, weight: 4 << 9, bias: 0, exponent: 9)
        }
        return network

        func set(row: Int, weight: Int16, bias: Int32, exponent: Int8) {
            network.weights[row * shape.columns] = weight
            network.biases[row] = bias
            network.exponents[row] = exponent
        }
    }
}
