import Assembly
import Configuration
import Foundation
import Testing

@Suite("What was last driven")
struct LastStartTests {
    @Test("is read as it was written, and a later start replaces it")
    func roundTrip() throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(LastStart.read(directory: directory.path) == nil)
        for name in ["demo", "tclab"] {
            let settings = try load(path: Repository.path("configs/\(name).toml"))
            #expect(LastStart.write(settings, directory: directory.path) == nil)
            let found = try #require(LastStart.read(directory: directory.path))
            #expect(found.text == settings.text)
            #expect(found.devices.map(\.name) == settings.devices.map(\.name))
        }
    }

    @Test("that cannot be written is said, with the reason")
    func unwritable() throws {
        let settings = try load(path: Repository.path("configs/demo.toml"))
        let reason = try #require(LastStart.write(settings, directory: "/nowhere"))
        #expect(!reason.isEmpty)
    }
}
