import ArgumentParser
import Assembly
import Configuration
import Control
import FoundationEssentials
import Pictures
import Telemetry

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Runs a record's inputs through its loops again and compares bit for bit.",
        discussion: """
            The record carries its configuration and models, so nothing else is needed. \
            A run of several files is replayed from its first file on. A torn tail is reported and is no failure: \
            all before it is replayed. --csv and --plot are written even when the replay fails.

            flyball replay run.mcap --csv run.csv --plot run.svg

            Exit codes: 0 every tick came out the same; 1 one differs; 2 usage; 65 the record is \
            damaged or has gaps; 66 missing input.
            """)

    @Argument(help: "Record file (MCAP).")
    var file: String

    @Option(help: "Writes all fields of all ticks as a table (CSV).")
    var csv: String?

    @Option(help: "Draws the recorded run (SVG).")
    var plot: String?

    @Flag(help: "Prints one JSON object instead of the table.")
    var json = false

    func run() throws {
        let files = try RecordChain(endingWith: file)
        guard let description = files.run else {
            let missing = "ends within its head: no run is described, no tick recorded"
            throw Console.fail(.damaged, "\(file): \(files.damage ?? missing)")
        }
        if let csv {
            try Console.write(RecordCSV.table(files.ticks, loops: description.loops), to: csv)
        }
        let settings: Settings
        do throws(ConfigurationError) {
            settings = try Configuration.parse(
                text: description.configuration, path: "\(file): configuration")
        } catch {
            throw Console.fail(.damaged, error.description)
        }
        guard settings.loops.count == description.loops.count else {
            throw Console.fail(
                .damaged,
                "\(file): the record is of \(description.loops.count) loops, its configuration of "
                    + "\(settings.loops.count)")
        }
        var series = settings.loops.indices.map { LoopSeries(settings, loop: $0) }
        for tick in files.ticks where Int(tick.loop) < series.count {
            series[Int(tick.loop)].append(
                tick, startNanoseconds: description.startClockNanoseconds, truth: nil)
        }
        try draw(series, description)
        let outcome = replay(files.parts, description)
        try report(outcome, series, files)
        if outcome.status != nil || files.damage != nil {
            throw (outcome.status ?? .damaged).code
        }
    }

    // MARK: The comparison

    private struct Outcome {
        var matched = 0
        var message = "every tick came out the same, bit for bit"
        var status: ExitStatus?
    }

    private func replay(
        _ parts: [(run: RunDescription, ticks: [TickRecord])], _ description: RunDescription
    ) -> Outcome {
        var outcome = Outcome()
        do throws(ReplayFault) {
            var replay = try Replay(parts.first?.run ?? description)
            defer { outcome.matched = replay.matched }
            for (index, part) in parts.enumerated() {
                if index > 0 { try replay.revise(part.run) }
                for tick in part.ticks { try replay.step(tick) }
            }
        } catch {
            outcome.message = Self.message(error)
            if case .differs = error { outcome.status = .failed } else { outcome.status = .damaged }
        }
        return outcome
    }

    private static func message(_ fault: ReplayFault) -> String {
        switch fault {
        case .assembly(let error): return error.description
        case .decimated(let every):
            return "the record holds every \(every)th tick only: a replay needs them all "
                + "(record.every = 1)"
        case .wrongLoops(let found, let configured):
            return "the record is of \(found) loops, its configuration of \(configured)"
        case .gap(let loop, let expected, let found):
            return "loop \(loop): tick \(found) stands where tick \(expected) should"
        case .foreign(let tick): return "tick \(tick) holds values that no loop writes"
        case .foreignState(let reason): return reason
        case .differs(let recorded, let computed):
            return "tick \(recorded.tick) of loop \(recorded.loop) differs: "
                + differences(recorded, computed)
        }
    }

    /// The fields that differ, named as in the CSV.
    private static func differences(_ recorded: TickRecord, _ computed: TickRecord) -> String {
        let changed = RecordColumn.all.filter { $0.text(recorded) != $0.text(computed) }
        let parts = changed.map { "\($0.name) \($0.text(recorded)) -> \($0.text(computed))" }
        return parts.joined(separator: ", ")
    }

    // MARK: Reports

    private func draw(_ series: [LoopSeries], _ description: RunDescription) throws {
        guard let plot else { return }
        for (index, one) in series.enumerated() {
            let hash = description.loops[index].modelHash
            let subtitle = hash.isEmpty ? one.name : "\(one.name), model \(hash.prefix(12))"
            let picture = one.picture(
                title: description.name, subtitle: subtitle, hasLaw: !hash.isEmpty)
            try Console.write(picture.svg(), to: Simulate.path(plot, loop: index, of: series))
        }
    }

    private func report(
        _ outcome: Outcome, _ series: [LoopSeries], _ files: RecordChain
    ) throws {
        let reports = series.map { LoopReport($0) }
        if json {
            try Console.print(
                json: ReplayReport(
                    file: file, files: files.paths.count, ticks: files.ticks.count,
                    matched: outcome.matched, isSame: outcome.status == nil,
                    message: outcome.message, tornAtByte: files.tornAtByte,
                    lostBytes: files.lostBytes, damage: files.damage, loops: reports))
            return
        }
        if let tail = files.tailMessage { print("\(file): \(tail)") }
        if let damage = files.damage { print("\(file): \(damage)") }
        print("\(outcome.matched) of \(files.ticks.count) ticks replayed: \(outcome.message)\n")
        print(LoopReport.table(reports), terminator: "")
        print("")
        for index in series.indices where plot != nil {
            print("picture: \(Simulate.path(plot ?? "", loop: index, of: series))")
        }
        if let csv { print("table:   \(csv)") }
    }
}

private struct ReplayReport: Encodable {
    let file: String
    let files: Int
    let ticks: Int
    let matched: Int
    let isSame: Bool
    let message: String
    let tornAtByte: UInt64?
    let lostBytes: UInt64?
    let damage: String?
    let loops: [LoopReport]

    enum CodingKeys: String, CodingKey {
        case file, files, ticks, matched, message, damage, loops
        case isSame = "same"
        case tornAtByte = "torn_at_byte"
        case lostBytes = "lost_bytes"
    }

    /// What there is not is null, so that every key is always there.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(files, forKey: .files)
        try container.encode(ticks, forKey: .ticks)
        try container.encode(matched, forKey: .matched)
        try container.encode(isSame, forKey: .isSame)
        try container.encode(message, forKey: .message)
        try container.encode(tornAtByte, forKey: .tornAtByte)
        try container.encode(lostBytes, forKey: .lostBytes)
        try container.encode(damage, forKey: .damage)
        try container.encode(loops, forKey: .loops)
    }
}
