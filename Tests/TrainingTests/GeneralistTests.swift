import Episodes
import ModelFile
import Testing
@testable import Training

@Suite("Episodes of the generalist")
struct GeneralistTests {
    private let kinds = FeatureScale.allCases

    @Test("each lane of a block has a process of its own, and is told of it")
    func tells() throws {
        var source = GeneralistEpisodes(seed: 4, stream: 1)
        let pool = try source.pool(3, samples: 160)
        #expect(pool.blocks.count == 3)
        for block in pool.blocks {
            // One value for each kind of scale, and the integral gain.
            #expect(block.conditions.count == kinds.count + 1)
            let gain = try #require(kinds.firstIndex(of: .loopGain))
            let gains = Set((0..<Lanes.scalarCount).map { block.conditions[gain][$0] })
            #expect(gains.count == Lanes.scalarCount, "no two processes are alike")
            for lane in 0..<Lanes.scalarCount {
                #expect(block.weight[lane] > 0 && block.weight[lane].isFinite)
                for (index, kind) in kinds.enumerated() where kind != .fixed && kind != .loopGain {
                    #expect(abs(block.conditions[index][lane]) <= 1, "\(kind)")
                }
            }
        }
    }

    @Test("a law that is trained on has a course of its own, at smaller rates")
    func goesOn() throws {
        var recipe = GeneralistRecipe()
        let whole = recipe.phases
        recipe.source = "0"
        let further = recipe.phases
        #expect(whole.count == 8 && further.count == 2)
        let rates = (whole.map(\.rate), further.map(\.rate))
        #expect(try #require(rates.0.max()) > 5 * (try #require(rates.1.max())))
        #expect(further.allSatisfy { $0.isOnGrid && $0.isEachProbeHeld && $0.slowProbes > 0 })
    }

    @Test("the actuator of a block that integrates has two directions")
    func integrates() throws {
        var source = GeneralistEpisodes(seed: 4, stream: 2)
        let index = try #require(kinds.firstIndex(of: .integratingCoordinate))
        var met = Set<Bool>()
        for block in try source.probes(.usual, blocks: 24) {
            let isIntegrating = block.conditions[index][0] == 1
            met.insert(isIntegrating)
            #expect(block.commandLow == (isIntegrating ? -1 : 0))
            #expect(
                (0..<Lanes.scalarCount).allSatisfy {
                    (block.conditions[index][$0] == 1) == isIntegrating
                })
        }
        #expect(met == [true, false])
    }

    @Test("the same seed and place draw the same episodes, another place others")
    func repeats() throws {
        func setpoints(_ stream: UInt64) throws -> [Lanes] {
            var source = GeneralistEpisodes(seed: 9, stream: stream)
            return try source.pool(1, samples: 160).blocks[0].setpoint
        }
        #expect(try setpoints(3) == setpoints(3))
        #expect(try setpoints(3) != setpoints(4))
    }
}
