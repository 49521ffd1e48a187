import Control
import Episodes
import FixedPoint
import Foundation
import ModelFile
import Scoring
import Testing
import Tuning

@Suite("Where laws come from")
struct ModelSourceTests {
    private static func write(period: Double, to path: String) throws {
        let open = try #require(Gain(1))
        let model = try Model(
            pid: PIDParameters(
                proportional: open, integral: try #require(Gain(0.1)), derivative: .zero,
                derivativeFilter: open, measurementFilter: open, setpointWeight: open,
                tracking: open), periodSeconds: period)
        try ModelWriter.write(model, to: path)
    }

    private static func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("laws-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private static let family = PlantFamily(
        name: "lag", process: .chain(ChainModel(gain: 1, lags: [10], deadTime: 1)),
        periodSeconds: 0.5)

    @Test("a directory has a file for each plant, a file is for every plant")
    func finds() throws {
        try Self.withDirectory { directory in
            try Self.write(period: 0.5, to: "\(directory)/lag.fly")
            let many = try ModelSource(path: directory)
            #expect(try many.model(for: Self.family).description.periodSeconds == 0.5)
            let one = try ModelSource(path: "\(directory)/lag.fly")
            #expect(try one.model(for: Self.family).description.periodSeconds == 0.5)
            var other = Self.family
            other.name = "none"
            #expect(throws: ModelSource.Fault.missing(path: "\(directory)/none.fly")) {
                try many.model(for: other)
            }
        }
    }

    @Test("a law for another sample time, a damaged one and a missing one are refused by name")
    func refuses() throws {
        try Self.withDirectory { directory in
            let path = "\(directory)/lag.fly"
            try Self.write(period: 0.6, to: path)
            let source = try ModelSource(path: path)
            #expect(
                throws: ModelSource.Fault.otherPeriod(
                    path: path, made: 0.6, plant: "lag", needed: 0.5)
            ) { try source.model(for: Self.family) }
            try Data("no model".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: ModelSource.Fault.self) { try ModelSource(path: path) }
            #expect(throws: ModelSource.Fault.missing(path: "\(directory)/x")) {
                try ModelSource(path: "\(directory)/x")
            }
        }
    }
}
