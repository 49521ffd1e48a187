import CellReference
import GatedMemory
import Testing

/// The steps of a golden run that are made in this build.
///
/// Everything in a release build. A debug build is about a hundred times slower: there, runs of 32
/// units and more stop at the checksum of step 1,000.
func stepsOfThisBuild(_ golden: GoldenCase) -> Int {
    #if DEBUG
        let isLarge = (golden.network?.shape.units ?? 0) >= 32
        return isLarge ? 1_000 : golden.steps
    #else
        return golden.steps
    #endif
}

@Suite("Golden vectors of an independent implementation")
struct GoldenTests {
    @Test("every network equals it bit for bit", arguments: try Golden.cases())
    func network(golden: GoldenCase) throws {
        let differences = try golden.differences(steps: stepsOfThisBuild(golden))
        #expect(differences.isEmpty)
    }

    @Test("every wiring of the cell equals it bit for bit", arguments: try Golden.wirings())
    func wiring(golden: GoldenWiring) {
        #expect(golden.differences().isEmpty)
    }

    @Test("four sizes, three kinds and 10,000 steps are covered, and cells that clip")
    func coverage() throws {
        let cases = try Golden.cases()
        let units = Set(cases.compactMap { $0.network?.shape.units })
        #expect(units == [8, 16, 32, 64])
        #expect(Set(cases.map(\.kind)) == ["random", "slow", "extreme"])
        #expect(cases.allSatisfy { $0.steps == 10_000 && $0.checkpoints.last?.steps == 10_000 })
        #expect(cases.contains { $0.saturations > 0 })
    }

    @Test("the first step with a changed weight differs from the file")
    func changedWeight() throws {
        let golden = try #require(try Golden.cases().first { $0.name == "random-h8" })
        var network = try #require(golden.network)
        network.weights[0] -= 100
        let state = try network.withNetwork { lstm in
            for (index, value) in golden.inputs(steps: 1)[0].enumerated() {
                lstm.setInput(index, value)
            }
            lstm.step()
            return NetworkState(of: lstm)
        }
        #expect(state != golden.first[0])
    }
}
