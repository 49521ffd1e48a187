import Control
import FixedPoint
import Foundation
import Telemetry
import Testing

@Suite("flyball replay")
struct ReplayToolTests {
    /// A record of a short run, made by the tool.
    private func withRecord(
        _ config: String = Tool.demo, seconds: Int = 60,
        _ body: (_ directory: String, String) throws -> Void
    ) throws {
        try Tool.withDirectory { directory in
            let path = "\(directory)/run.mcap"
            let result = try Tool.run(
                "simulate", config, "--duration-s", "\(seconds)", "--record", path)
            #expect(result.status == 0)
            #expect(result.output.contains("record:  \(path)"))
            try body(directory, path)
        }
    }

    /// The record once more with its ticks changed, sound in itself.
    private func rewrite(
        _ path: String, in directory: String, _ change: (inout [TickRecord]) -> Void
    ) throws -> String {
        let file = try RecordFile(path: path)
        var ticks = file.ticks
        change(&ticks)
        var recorder = try Recorder(
            directory: directory, run: try #require(file.run),
            options: RecorderOptions(maxFileBytes: .max))
        for tick in ticks { recorder.write(tick) }
        recorder.close()
        return "\(directory)/\(recorder.fileName)"
    }

    @Test("a simulated record comes out the same")
    func same() throws {
        for config in [Tool.demo, Tool.tanks] {
            try withRecord(config) { _, path in
                let result = try Tool.run("replay", path)
                #expect(result.status == 0)
                #expect(result.output.contains("every tick came out the same, bit for bit"))
            }
        }
    }

    @Test("replay --json is one object whose keys do not change")
    func json() throws {
        try withRecord { _, path in
            let result = try Tool.run("replay", path, "--json")
            let json = try #require(result.json)
            #expect(json["same"] as? Bool == true)
            #expect(json["matched"] as? Int == 60)
            #expect(json["ticks"] as? Int == 60)
            #expect(
                Set(json.keys) == [
                    "damage", "file", "files", "loops", "lost_bytes", "matched", "message",
                    "same", "ticks", "torn_at_byte",
                ])
            let loops = try #require(json["loops"] as? [[String: Any]])
            #expect(loops.map { Set($0.keys) } == [Set(SimulateTests.loopKeys)])
        }
    }

    @Test("one altered bit of a command in a sound record ends with 1, and is named")
    func altered() throws {
        try withRecord { directory, path in
            let altered = try rewrite(path, in: directory) { $0[40].applied.bits ^= 1 }
            let result = try Tool.run("replay", altered)
            #expect(result.status == 1)
            #expect(result.output.contains("40 of 60 ticks replayed"))
            #expect(result.output.contains("tick 40 of loop 0 differs: applied "))
            let json = try #require(try Tool.run("replay", altered, "--json").json)
            #expect(json["same"] as? Bool == false)
            #expect(json["matched"] as? Int == 40)
        }
    }

    @Test("a gap ends with 65")
    func gap() throws {
        try withRecord { directory, path in
            let gap = try rewrite(path, in: directory) { $0.remove(at: 30) }
            let result = try Tool.run("replay", gap)
            #expect(result.status == 65)
            #expect(result.output.contains("tick 31 stands where tick 30 should"))
        }
    }

    @Test("an altered byte inside a file ends with 65")
    func damaged() throws {
        try withRecord { directory, path in
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            for share in [0.05, 0.3, 0.6] {
                var bytes = sound
                bytes[Int(Double(bytes.count) * share)] ^= 4
                let damaged = "\(directory)/damaged.mcap"
                try bytes.write(to: URL(fileURLWithPath: damaged))
                let result = try Tool.run("replay", damaged)
                #expect(result.status == 65, "at \(share): \(result.output)\(result.error)")
            }
        }
    }

    @Test("a torn file is replayed up to the tear, and that is no failure")
    func torn() throws {
        try withRecord(seconds: 3_000) { directory, path in
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            let torn = "\(directory)/torn.mcap"
            try sound.prefix(sound.count * 3 / 4).write(to: URL(fileURLWithPath: torn))
            let result = try Tool.run("replay", torn, "--json")
            #expect(result.status == 0)
            let json = try #require(result.json)
            #expect(json["torn_at_byte"] is NSNumber)
            let ticks = try #require(json["ticks"] as? Int)
            #expect(ticks > 0 && ticks < 3_000)
            #expect(json["matched"] as? Int == ticks)
        }
    }

    @Test(
        "a file that ends within its head ends with 65 and says so",
        arguments: [0, 4, 8, 100, 4_000])
    func headless(bytes: Int) throws {
        try withRecord { directory, path in
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            let headless = "\(directory)/headless.mcap"
            try sound.prefix(bytes).write(to: URL(fileURLWithPath: headless))
            let result = try Tool.run("replay", headless)
            #expect(result.status == 65)
            #expect(result.error.contains("ends within its head"))
        }
    }

    @Test("what is no record ends with 65")
    func noRecord() throws {
        let result = try Tool.run("replay", Tool.demo)
        #expect(result.status == 65)
        #expect(result.error.contains("not a record"))
    }

    @Test("the table has a header and one row for each tick of each loop, with every field")
    func csv() throws {
        for (config, loops) in [(Tool.demo, 1), (Tool.tanks, 2)] {
            try withRecord(config) { directory, path in
                let csv = "\(directory)/run.csv"
                #expect(try Tool.run("replay", path, "--csv", csv).status == 0)
                let lines = try Tool.text(csv).split(separator: "\n")
                #expect(lines.count == 1 + 60 * loops)
                let columns = lines[0].split(separator: ",")
                #expect(columns.count == RecordColumn.all.count)
                for line in lines {
                    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                    #expect(cells.count == columns.count)
                }
                #expect(lines.last?.hasPrefix("59,59000000000,") == true)
            }
        }
    }

    @Test("a record is drawn as the run was")
    func plot() throws {
        try withRecord(Tool.tanks) { directory, path in
            let result = try Tool.run("replay", path, "--plot", "\(directory)/again.svg")
            #expect(result.status == 0)
            for name in ["left", "right"] {
                let picture = try #require(Picture(path: "\(directory)/again-\(name).svg"))
                #expect(picture.texts.contains("quadruple-tank"))
            }
        }
    }

    @Test("ticks before the first reading are no part of the figures")
    func lateSensor() throws {
        try Tool.withDirectory { directory in
            let config = "\(directory)/late.toml"
            let event = "[[simulation.event]]\nat_s = 0\nkind = \"dropout\"\nduration_s = 20\n"
            let text = try Tool.text(Tool.demo)
                .replacing("[[device]]", with: event + "\n[[device]]")
            try Tool.write(text, to: config)
            try withRecord(config) { _, path in
                let json = try #require(try Tool.run("replay", path, "--json").json)
                let loop = try #require((json["loops"] as? [[String: Any]])?.first)
                #expect(loop["sensor_fault_ticks"] as? Int == 20)
                // The heater is at 21 C all the while, and 29 C from its setpoint at the most.
                let iae = try #require(loop["iae_unit_s"] as? Double)
                #expect(iae < 40 * 29)
            }
        }
    }
}
