import Devices
import Realtime
import Testing

@Suite("What becomes of outputs")
struct OutputFateTests {
    /// A board that answers from a list of files.
    private struct Board: RealtimeCalls {
        var files: [String: String]

        func text(at path: String) -> String? { files[path] }
        func names(in directory: String) -> [String] {
            files.keys.filter { $0.hasPrefix(directory + "/") }
                .map { String($0.dropFirst(directory.count + 1).prefix { $0 != "/" }) }
        }
        func trial(of scheduling: Scheduling) -> Int32 { 0 }
        func trial(of processors: ProcessorSet) -> Int32 { 0 }
        func idleLatencyPermission() -> Int32 { 0 }
        func priorityLimit() -> UInt64 { .max }
        func memoryLockLimit() -> UInt64 { .max }
    }

    private static let pi = ["/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0"]
    private static let persistence =
        "/sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs"
    private static let service = ["/etc/systemd/system/flyballd@.service": "[Service]"]
    private static let armed = [
        "/sys/class/watchdog/watchdog0/identity": "Broadcom BCM2835 Watchdog timer",
        "/sys/class/watchdog/watchdog0/state": "active",
        "/sys/class/watchdog/watchdog0/timeout": "15",
    ]

    private func facts(_ files: [String: String]...) -> BoardFacts {
        BoardFacts(calls: Board(files: files.reduce(into: [:]) { $0.merge($1) { _, new in new } }))
    }

    private func fate(
        _ kind: OutputKind, _ event: OutputFate.Event, _ facts: BoardFacts
    ) throws -> OutputFate {
        let all = OutputFate.all(of: kind, on: facts)
        #expect(all.map(\.event) == OutputFate.Event.allCases)
        return try #require(all.first { $0.event == event })
    }

    @Test(
        "a Pi keeps or releases a line as its kernel's option says; without one it releases",
        arguments: [
            ("Y", .keepsLevel), ("N", .becomesInput), (nil, .becomesInput),
        ] as [(String?, BoardFacts.ReleasedLine)])
    func persistence(option: String?, released: BoardFacts.ReleasedLine) {
        let facts = facts(Self.pi, option.map { [Self.persistence: $0] } ?? [:])
        #expect(facts.isRaspberryPi && facts.model == "Raspberry Pi 4 Model B Rev 1.4")
        #expect(facts.releasedLine == released)
    }

    @Test("of another board nothing is known of its lines")
    func unknownBoard() {
        #expect(facts([:]).releasedLine == .unknown)
    }

    @Test("a killed daemon leaves a persisting line on, and the remedy is the Pi's option")
    func killedOnPi() throws {
        let found = try fate(.gpioLine, .kill, facts(Self.pi, [Self.persistence: "Y"]))
        #expect(found.verdict == .stays)
        #expect(found.remedy.contains("ExecStopPost") && found.remedy.contains("strict_gpiod"))
        let mended = try fate(.gpioLine, .kill, facts(Self.pi, [Self.persistence: "N"]))
        #expect(mended.verdict == .safe && mended.remedy.contains("resistor"))
    }

    @Test("an ended daemon leaves a line to its pull where the kernel releases it")
    func terminated() throws {
        let released = try fate(.gpioLine, .terminate, facts(Self.pi, [Self.persistence: "N"]))
        #expect(released.what.contains("the pull decides") && released.remedy.contains("resistor"))
        let kept = try fate(.gpioLine, .terminate, facts(Self.pi, [Self.persistence: "Y"]))
        #expect(kept.what.contains("keeps") && kept.remedy.isEmpty)
        let unknown = try fate(.gpioLine, .terminate, facts([:]))
        #expect(unknown.remedy.contains("resistor") && unknown.remedy.contains("lamp"))
    }

    @Test(
        "against a serial device that nobody talks to, only a timeout of its own helps",
        arguments: [OutputFate.Event.terminate, .kill, .kernelHang])
    func serialTimeout(event: OutputFate.Event) throws {
        let found = try fate(.serialDevice, event, facts(Self.service, Self.armed))
        #expect(found.remedy.contains("timeout in the device"))
    }

    @Test("a PWM channel and a TCLab outlive a kill; the service turns them off, later")
    func killed() throws {
        for kind in [OutputKind.pwmChannel, .tclab, .serialDevice] {
            #expect(try fate(kind, .kill, facts([:])).verdict == .stays)
            let served = try fate(kind, .kill, facts(Self.service))
            #expect(served.verdict == .late && served.what.contains("ExecStopPost"))
        }
    }

    @Test("a loop that stands still is seen by the device's thread first, by the service second")
    func watchdog() throws {
        let bare = try fate(.tclab, .serviceWatchdog, facts([:]))
        #expect(bare.verdict == .stays && bare.remedy.contains("WatchdogSec"))
        let served = try fate(.tclab, .serviceWatchdog, facts(Self.service))
        #expect(served.verdict == .late && served.remedy.isEmpty)
    }

    @Test("a hung kernel keeps outputs until an armed hardware watchdog resets the board")
    func hang() throws {
        let none = try fate(.pwmChannel, .kernelHang, facts([:]))
        #expect(none.verdict == .stays && none.remedy.contains("cut-out"))
        let unarmed = try fate(
            .pwmChannel, .kernelHang, facts(["/sys/class/watchdog/watchdog0/identity": "iTCO"]))
        #expect(unarmed.verdict == .stays && unarmed.remedy.hasPrefix("RuntimeWatchdogSec=10s"))
        let armed = try fate(.pwmChannel, .kernelHang, facts(Self.armed))
        #expect(armed.verdict == .late && armed.what.contains("after 15 s") && armed.remedy.isEmpty)
        var slow = Self.armed
        slow["/sys/class/watchdog/watchdog0/timeout"] = "60"
        let minute = try fate(.pwmChannel, .kernelHang, facts(slow))
        #expect(minute.remedy.hasPrefix("RuntimeWatchdogSec=10s"))
    }

    @Test("every fate that is not safe says what to do or that the service does it")
    func remedies() {
        for kind in [OutputKind.tclab, .gpioLine, .pwmChannel, .serialDevice] {
            for board in [facts([:]), facts(Self.pi, [Self.persistence: "Y"])] {
                for fate in OutputFate.all(of: kind, on: board) where fate.verdict == .stays {
                    #expect(!fate.remedy.isEmpty, "\(kind) \(fate.event)")
                }
            }
        }
        let simulated = OutputFate.all(of: .simulated, on: facts([:]))
        #expect(simulated.allSatisfy { $0.verdict == .safe })
    }
}
