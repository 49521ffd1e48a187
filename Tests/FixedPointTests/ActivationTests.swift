import CellReference
import FixedPoint
import Testing

/// The one table, as a network has it.
private func activationTable() -> [Int32] {
    var table = [Int32](repeating: 0, count: ActivationTable.count)
    var span = table.mutableSpan
    let isIntact = ActivationTable.write(into: &span)
    #expect(isIntact)
    return table
}

@Suite("Sigmoid and tanh")
struct ActivationTests {
    /// Rounding costs 0.5 units; a twentieth of a unit is left to the approximation.
    static let ulpLimit15 = 0.55
    /// What a table of 512 quadratics leaves, in units of Q31: 66.2 over all arguments.
    static let ulpLimit31 = 67.0
    /// Odd, so that every residue of a segment occurs: 63,000 magnitudes.
    static let spacing = 34_087

    @Test("the table carries the checksum of the golden vectors")
    func tableChecksum() throws {
        var checksum = Checksum()
        for value in activationTable() { checksum.update(value) }
        #expect(checksum.value == (try Golden.activations().tableCRC32))
    }

    @Test("one changed bit of the table changes its checksum")
    func tableDamage() {
        let table = activationTable()
        for index in stride(from: 0, to: table.count, by: 37) {
            var damaged = table
            damaged[index] ^= 1 << Int32(index % 32)
            var (whole, changed) = (CRC32(), CRC32())
            for value in table { whole.update(value) }
            for value in damaged { changed.update(value) }
            #expect(whole.value != changed.value)
        }
    }

    @Test("both functions equal the independent implementation bit for bit")
    func golden() throws {
        let golden = try Golden.activations()
        let table = activationTable()
        #expect(golden.z.count > 2_000)
        for (index, z) in golden.z.enumerated() {
            #expect(ActivationTable.sigmoid(z, table.span).bits == golden.sigma[index])
            #expect(ActivationTable.sigmoid15(z, table.span) == Int32(golden.sigma15[index]))
            #expect(ActivationTable.tanh(z, table.span) == golden.tanh[index])
        }
    }

    @Test("tanh of cells of every format equals the independent implementation bit for bit")
    func goldenCells() throws {
        let golden = try Golden.activations()
        let table = activationTable()
        #expect(golden.cells.map(\.fractionBits) == Array(15...30))
        for cells in golden.cells {
            for (c, tanh) in zip(cells.c, cells.tanh) {
                let found = ActivationTable.tanh(
                    cell: c, fractionBits: Int64(cells.fractionBits), table.span)
                #expect(found == tanh)
            }
        }
    }

    @Test("both functions are exact to 0.55 units of Q15, rise, are symmetric and end exactly")
    func accuracy() {
        let table = activationTable()
        var sweep = ActivationSweep()
        sweep.sweep(0...Int64(Int32.max), by: Self.spacing, table: table.span)
        #expect(sweep.sigmoid15 <= Self.ulpLimit15)
        #expect(sweep.tanh15 <= Self.ulpLimit15)
        #expect(sweep.sigmoid31 <= Self.ulpLimit31)
        #expect(sweep.tanh31 <= 2 * Self.ulpLimit31)
        #expect(sweep.falls == 0)
        #expect(sweep.asymmetries == 0)
        #expect(sweep.openEnds == 0)
    }

    @Test("neighbours rise across the edges of segments", arguments: [0, 1, 17, 255, 510, 511])
    func edges(segment: Int64) {
        let table = activationTable()
        var sweep = ActivationSweep()
        let edge = (segment + 1) << 21
        sweep.sweep((edge - 2_000)...(edge + 2_000), by: 1, table: table.span)
        #expect(sweep.falls == 0)
        #expect(sweep.asymmetries == 0)
    }

    @Test("gates near shut keep their relative precision")
    func relativePrecision() {
        /// A slow time constant is right to this, as far as a unit of Q31 lets it be.
        let limit = 3e-7
        let table = activationTable()
        var sweep = ActivationSweep()
        sweep.sweep(0...(16 << 26), by: Self.spacing, table: table.span)
        #expect(sweep.sigmoidRelative < limit)
    }

    @Test("zero is exactly a half, and tanh of zero is zero")
    func middle() {
        let table = activationTable()
        #expect(ActivationTable.sigmoid(0, table.span).bits == 1 << 30)
        #expect(ActivationTable.tanh(0, table.span) == 0)
    }

    @Test(
        "a gate is exactly open from 16 and exactly shut from -16",
        arguments: [16 << 26, Int32.max - 1, Int32.max])
    func ends(z: Int32) {
        let table = activationTable()
        #expect(ActivationTable.sigmoid(z, table.span) == .open)
        #expect(ActivationTable.sigmoid(-z, table.span) == .shut)
        #expect(ActivationTable.sigmoid(Int32.min, table.span) == .shut)
        #expect(ActivationTable.tanh(z, table.span) == Int32.max)
        #expect(ActivationTable.tanh(-z, table.span) == -Int32.max)
        #expect(ActivationTable.tanh(Int32.min, table.span) == -Int32.max)
    }

    @Test("just inside 16 a gate is neither open nor shut")
    func justInside() {
        let table = activationTable()
        let z: Int32 = (16 << 26) - 1
        #expect(ActivationTable.sigmoid(z, table.span) < .open)
        #expect(ActivationTable.sigmoid(-z, table.span) > .shut)
    }
}
