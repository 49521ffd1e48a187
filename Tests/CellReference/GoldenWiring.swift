import FixedPoint
import GatedMemory

/// Cells with gates of their own, and what an independent implementation made of them.
public struct GoldenWiring: Decodable, Sendable, CustomStringConvertible {
    public let name: String
    public let kind: String
    public let cells: Int
    public let fractionBits: Int
    public let steps: Int
    let seed: UInt64
    let i: [Int64]
    let n: [Int64]
    let candidateLow: Int
    let candidateHigh: Int
    let initialC: [Int32]
    let initialR: [Int32]
    let checkpoints: [GoldenCheckpoint]
    let finalC: [Int32]
    let finalR: [Int32]
    let saturations: Int

    public var description: String { name }

    /// Runs the cells and names everything in which they differ from the file.
    public func differences() -> [String] {
        guard let format = CellFormat(fractionBits: fractionBits) else { return ["format"] }
        var memory = zip(initialC, initialR).map { MemoryCell(value: $0, residue: $1) }
        var (random, checksum, clipped) = (SplitMix64(seed: seed), Checksum(), 0)
        var found: [String] = []
        for step in 1...steps {
            let written = kind == "delay" ? candidate(&random) : 0
            for index in 0..<cells {
                let (input, leak) = gates(of: index, step: step - 1, &random)
                let g = kind == "delay" ? written : candidate(&random)
                let fits = memory[index].update(
                    candidate: g, input: Gate(clamping: input), leak: Gate(clamping: leak),
                    format: format)
                clipped += fits ? 0 : 1
            }
            for cell in memory { checksum.update(cell.value) }
            for cell in memory { checksum.update(cell.residue) }
            if let checkpoint = checkpoints.first(where: { $0.steps == step }),
                checkpoint.crc32 != checksum.value
            {
                found.append("checksum \(step)")
            }
        }
        if memory.map(\.value) != finalC { found.append("final values") }
        if memory.map(\.residue) != finalR { found.append("final residues") }
        if clipped != saturations { found.append("saturations") }
        return found
    }

    private func candidate(_ random: inout SplitMix64) -> Int32 {
        Int32(truncatingIfNeeded: random.uniform(candidateLow...candidateHigh))
    }

    /// The gates i and n of a cell, Q31.
    private func gates(
        of index: Int, step: Int, _ random: inout SplitMix64
    ) -> (input: Int64, leak: Int64) {
        func drawn() -> Int64 {
            let gate = random.uniform(0...1 << 31)
            return Int64(gate >> random.uniform(0...31))
        }
        switch kind {
        case "free":
            let input = drawn()
            return (input, drawn())
        case "tied-drawn":
            let gate = drawn()
            return (gate, gate)
        case "delay":
            let gate: Int64 = step % cells == index ? 1 << 31 : 0
            return (gate, gate)
        default:
            return (i[index], n[index])
        }
    }
}
