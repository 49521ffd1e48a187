import Assembly
import Configuration
import Control
import Foundation
import ModelFile
import Telemetry
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
    static let policy = """
        bridge_ms = 3000
        [loop.resume]
        policy = "younger-than"
        max_age_s = 60
        """

    static func settings(_ policy: String = policy) throws -> Settings {
        try Plain.settings([("bridge_ms = 3000", policy)])
    }

    static func clock(
        boot: String = "one", bootSeconds: Double, unixSeconds: Double = 0,
        isSynchronized: Bool = true
    ) -> ClockEvidence {
        ClockEvidence(
            bootIdentifier: boot, bootNanoseconds: UInt64(bootSeconds * 1e9),
            unixNanoseconds: UInt64(unixSeconds * 1e9), isSynchronized: isSynchronized)
    }

    /// Of a loop whose law acts.
    static func checkpoint(
        _ settings: Settings, ticks: Int = 60, written: ClockEvidence = clock(bootSeconds: 100)
    ) throws -> Checkpoint {
        var run = try SimulatedRun(settings)
        var last = TickRecord()
        for _ in 0..<ticks { run.step { record, _ in last = record } }
        let snapshot = LoopSnapshot(
            last, revision: 0, elapsedNanoseconds: 30_000_000_000,
            memory: run.controllers.instances[0].loop.memory)
        let digest = Checkpoint.digest(settings, loop: 0, model: run.controllers.models[0])
        return Checkpoint(
            written: written,
            loops: [Checkpoint.Loop(snapshot, name: "heater", digest: digest)])
    }

    static func decision(
        _ settings: Settings, _ checkpoint: Checkpoint?, unclean: Bool = true,
        now: ClockEvidence = clock(bootSeconds: 110)
    ) throws -> ResumeDecision {
        ResumeDecision(
            settings, loop: 0, model: try Controllers(settings).models[0], realPeriodSeconds: 0.5,
            ResumeDecision.Evidence(
                endedUncleanly: unclean, checkpoint: checkpoint, fault: nil, now: now))
    }

    static func directory() throws -> String {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("flyball-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        return directory.path
    }

    @Test("are read as they were written, bit for bit, and a later one replaces it")
    func roundTrip() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(try Checkpoint.read(directory: directory) == nil)
        for ticks in [3, 60] {
            let checkpoint = try Self.checkpoint(Self.settings(), ticks: ticks)
            #expect(checkpoint.write(directory: directory) == nil)
            #expect(try Checkpoint.read(directory: directory) == checkpoint)
            let memory = try #require(LawMemory(checkpoint.loops[0].memory))
            #expect(memory.coded == checkpoint.loops[0].memory)
        }
        Checkpoint.remove(directory: directory)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
    }

    @Test("that are torn at any byte, or damaged in one, are refused")
    func damaged() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(try Self.checkpoint(Self.settings()).write(directory: directory) == nil)
        let content = try Data(contentsOf: URL(fileURLWithPath: directory + "/checkpoint"))
        #expect((try? Checkpoint.parse(content)) != nil)
        for length in stride(from: 0, to: content.count, by: 7) {
            #expect((try? Checkpoint.parse(content.prefix(length))) == nil)
        }
        for index in stride(from: 0, to: content.count, by: 5) {
            var damaged = content
            damaged[index] ^= 1
            #expect((try? Checkpoint.parse(damaged)) == nil)
        }
        #expect((try? Checkpoint.parse(content + Data("\n".utf8))) == nil)
    }

    @Test("that are no files, or too large, are refused with their path")
    func foreignFiles() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/checkpoint"
        _ = unsafe mkfifo(path, 0o600)
        #expect(throws: CheckpointFault.self) { try Checkpoint.read(directory: directory) }
        try FileManager.default.removeItem(atPath: path)
        try Data(count: 2 << 20).write(to: URL(fileURLWithPath: path))
        do throws(CheckpointFault) {
            _ = try Checkpoint.read(directory: directory)
            Issue.record("was read")
        } catch {
            #expect(error.reason.hasPrefix(path))
        }
    }

    @Test("that cannot be written say so")
    func unwritable() throws {
        #expect(try Self.checkpoint(Self.settings()).write(directory: "/nowhere") != nil)
    }

    @Test("are taken over when they are young enough, with the profile")
    func resumed() throws {
        let settings = try Self.settings()
        let checkpoint = try Self.checkpoint(settings)
        let decision = try Self.decision(settings, checkpoint)
        guard case .resumed(let resume, let elapsed) = decision.beginning else {
            Issue.record("\(decision)")
            return
        }
        #expect(resume.memory == checkpoint.loops[0].memory)
        // Fifty seconds are left, in ticks of half a second.
        #expect(resume.withinTicks == 100)
        #expect(elapsed == 30_000_000_000)
        #expect(LoopResume(resume.bytes) == resume)
    }

    @Test(
        "begin anew, with the reason",
        arguments: [
            "never", "clean", "absent", "old", "clock", "unsynchronised", "backwards", "later",
            "sameBoot", "text", "manual",
        ])
    func anew(_ what: String) throws {
        let settings = try Self.settings(
            what == "never" ? "bridge_ms = 3000" : Self.policy)
        var checkpoint = try Self.checkpoint(settings)
        var now = Self.clock(bootSeconds: 110)
        let written = Self.clock(boot: "zero", bootSeconds: 100, unixSeconds: 1_000)
        var reason = ""
        var isAbsent = false
        switch what {
        case "never": reason = "never"
        case "clean": reason = "no run before it"
        case "absent": (reason, isAbsent) = ("no checkpoint", true)
        case "old": (reason, now) = ("61 s old", Self.clock(bootSeconds: 161.5))
        case "clock":
            (reason, checkpoint.written) = ("vouches", written)
            now = Self.clock(bootSeconds: 5, unixSeconds: 1_010, isSynchronized: false)
        case "unsynchronised":
            (reason, checkpoint.written) = ("vouched", written)
            checkpoint.written.isSynchronized = false
            now = Self.clock(bootSeconds: 5, unixSeconds: 1_010)
        case "backwards":
            (reason, checkpoint.written) = ("later than now", written)
            now = Self.clock(bootSeconds: 5, unixSeconds: 999)
        case "later":
            (reason, checkpoint.written) = ("after the boot", written)
            now = Self.clock(bootSeconds: 20, unixSeconds: 1_010)
        case "sameBoot": (reason, now) = ("later in this boot", Self.clock(bootSeconds: 99))
        case "text":
            (reason, checkpoint.loops[0].digest) = ("another configuration", "0")
        default: (reason, checkpoint.loops[0].isLawActing) = ("no law acted", false)
        }
        let decision = try Self.decision(
            settings, isAbsent ? nil : checkpoint, unclean: what != "clean", now: now)
        #expect(decision.beginning == .anew)
        #expect(decision.reason.contains(reason), "\(decision.reason)")
    }

    @Test("across a boot are believed when a time server vouches for both dates")
    func acrossBoots() throws {
        let settings = try Self.settings()
        let checkpoint = try Self.checkpoint(
            settings, written: Self.clock(boot: "zero", bootSeconds: 9_000, unixSeconds: 1_000))
        let now = Self.clock(bootSeconds: 20, unixSeconds: 1_040)
        guard case .resumed = try Self.decision(settings, checkpoint, now: now).beginning else {
            Issue.record("not resumed")
            return
        }
    }

    @Test("hold a loop at its safe level that was latched, or that an operator had put there")
    func held() throws {
        let settings = try Self.settings()
        var latched = try Self.checkpoint(settings)
        latched.loops[0].isLatched = true
        // Of whatever age and configuration it is.
        latched.loops[0].digest = "0"
        let late = Self.clock(bootSeconds: 9_999)
        #expect(try Self.decision(settings, latched, now: late).beginning == .held)
        var asked = try Self.checkpoint(settings)
        asked.loops[0].isHeldSafe = true
        #expect(try Self.decision(settings, asked).beginning == .held)
    }

    @Test("`ask` holds a loop after an unclean end, and only then")
    func ask() throws {
        let settings = try Self.settings(
            "bridge_ms = 3000\n[loop.resume]\npolicy = \"ask\"\n")
        #expect(try Self.decision(settings, nil).beginning == .held)
        #expect(try Self.decision(settings, nil, unclean: false).beginning == .anew)
    }

    @Test("are in the record of a run that began with one: it replays bit for bit")
    func replay() throws {
        let settings = try Self.settings()
        let checkpoint = try Self.checkpoint(settings)
        let resume = LoopResume(memory: checkpoint.loops[0].memory, withinTicks: 100)
        var run = try SimulatedRun(settings)
        let isTaken = resume.begin(&run.controllers.instances[0].loop)
        #expect(isTaken)
        var ticks: [TickRecord] = []
        for _ in 0..<50 { run.step { record, _ in ticks.append(record) } }
        func fault(_ resumed: [LoopResume?]) throws -> ReplayFault? {
            SampleRun.replay(
                try RunDescription(
                    settings, models: run.controllers.models, runIdentifier: "ab",
                    startUnixNanoseconds: 0, startClockNanoseconds: 0, resumed: resumed), ticks)
        }
        #expect(try fault([resume]) == nil)
        guard case .differs = try fault([]) else {
            Issue.record("the state that it began with made no difference")
            return
        }
    }

    @Test("an end is known by the mark that it takes away")
    func mark() throws {
        let directory = try Self.directory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(!LastStart.endedUncleanly(directory: directory))
        #expect(LastStart.mark(directory: directory) == nil)
        #expect(LastStart.endedUncleanly(directory: directory))
        LastStart.unmark(directory: directory)
        #expect(!LastStart.endedUncleanly(directory: directory))
        #expect(LastStart.mark(directory: "/nowhere") != nil)
    }

    @Test("this machine's clocks say something")
    func clocks() {
        let (one, two) = (ClockEvidence.now(), ClockEvidence.now())
        #expect(!one.bootIdentifier.isEmpty)
        guard case .seconds(let age) = one.age(at: two) else {
            Issue.record("no age")
            return
        }
        // A minute, for a machine that is very busy.
        #expect(age >= 0 && age < 60)
    }
}
