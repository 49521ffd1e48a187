import FixedPoint
public import GatedMemory

/// All that a network keeps from step to step, and its outputs.
public struct NetworkState: Decodable, Equatable, Sendable {
    public let c: [Int32]
    public let r: [Int32]
    public let h: [Int16]
    public let y: [Int32]

    public init(of network: borrowing LSTM) {
        let shape = network.shape
        var (c, r, h, y): ([Int32], [Int32], [Int16], [Int32]) = ([], [], [], [])
        for unit in 0..<shape.units {
            c.append(network.cell(unit).value)
            r.append(network.cell(unit).residue)
            h.append(network.hidden(unit))
        }
        for index in 0..<shape.outputs {
            y.append(network.output(index).bits)
        }
        (self.c, self.r, self.h, self.y) = (c, r, h, y)
    }

    /// Adds the state to a checksum in the order of the golden files.
    func add(to checksum: inout Checksum) {
        for value in c { checksum.update(value) }
        for value in r { checksum.update(value) }
        for value in h { checksum.update(value) }
        for value in y { checksum.update(value) }
    }
}
