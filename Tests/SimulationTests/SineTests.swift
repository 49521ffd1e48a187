import Glibc
import Simulation
import Testing

@Suite("Sine")
struct SineTests {
    /// What the series leaves out is below 1e-11; the rest is the rounding of the sum.
    static let accuracy = 1e-11

    @Test("it is the sine of every fraction of a turn")
    func fractions() {
        for step in 0...10_000 {
            let turns = Double(step) / 10_000
            let difference = Sine.value(turns: turns) - sin(2 * .pi * turns)
            #expect(abs(difference) < Self.accuracy, "\(turns) turns")
        }
    }

    @Test(
        "after many turns it is where the fraction is", arguments: [1, 1_000, 1e6, 1e9, -3, -1e6])
    func manyTurns(turns: Double) {
        for eighth in 0..<64 {
            // Sixty-fourths are exact in both: no rounding hides behind the turns.
            let fraction = Double(eighth) / 64
            #expect(Sine.value(turns: turns + fraction) == Sine.value(turns: fraction))
        }
    }

    @Test("halves mirror, quarters peak, and negative time is the odd half")
    func symmetry() {
        for step in 0...512 {
            let turns = Double(step) / 1_024
            #expect(Sine.value(turns: turns + 0.5) == -Sine.value(turns: turns))
            #expect(Sine.value(turns: 0.5 - turns) == Sine.value(turns: turns))
            #expect(Sine.value(turns: -turns) == -Sine.value(turns: turns))
        }
        #expect(Sine.value(turns: 0) == 0)
        #expect(abs(Sine.value(turns: 0.25) - 1) < Self.accuracy)
        #expect(abs(Sine.value(turns: 0.75) + 1) < Self.accuracy)
    }
}
