import Assembly
import Configuration
import FixedPoint
import Testing

@Suite("Setpoints over time")
struct SetpointPlanTests {
    /// The target in C at so many seconds.
    private func targets(
        _ seconds: [Double], profile: [(Double, Double)] = [],
        events: [(at: Double, duration: Double, value: Double)] = [], withEvents: Bool = true
    ) throws -> [Double] {
        var profileText = ""
        for (time, value) in profile {
            profileText += "[[loop.profile]]\nat_s = \(time)\nsetpoint = \"\(value) C\"\n"
        }
        var eventText = ""
        for event in events {
            eventText += "[[simulation.event]]\nat_s = \(event.at)\nkind = \"setpoint\"\n"
            eventText += "value = \"\(event.value) C\"\nduration_s = \(event.duration)\n"
        }
        let settings = try Plain.settings([
            ("[[device]]", eventText + "[[device]]"), ("[loop.pid]", profileText + "[loop.pid]"),
        ])
        let plan = SetpointPlan(settings, loop: 0, withEvents: withEvents)
        return seconds.map { Double(plan.target(at: UInt64($0 * 1e9)).bits) / 65_536 }
    }

    @Test("the setpoint holds where nothing else is said")
    func constant() throws {
        #expect(try targets([0, 1, 1e9]) == [50, 50, 50])
    }

    @Test("a profile changes it from its times on, to the nanosecond")
    func profile() throws {
        let profile = [(100.0, 40.0), (200, 30)]
        let seconds = [0, 99.999_999_999, 100, 199.5, 200, 1e6]
        #expect(try targets(seconds, profile: profile) == [50, 50, 40, 40, 30, 30])
        #expect(try targets([0, 1], profile: [(0, 45)]) == [45, 45])
    }

    @Test("an event without a duration stays until the profile goes on")
    func lasting() throws {
        let targets = try targets(
            [0, 50, 60, 150, 200], profile: [(150, 40)], events: [(60, 0, 35)])
        #expect(targets == [50, 50, 35, 40, 40])
    }

    @Test("an event with a duration gives way to what then is in force")
    func ending() throws {
        #expect(
            try targets([59, 60, 69, 70, 71], events: [(60, 10, 35)]) == [50, 35, 35, 50, 50])
        // The profile went on meanwhile: its new setpoint holds, also after the event.
        let targets = try targets(
            [99, 100, 149, 150, 199, 200, 250], profile: [(150, 40)], events: [(100, 100, 35)])
        #expect(targets == [50, 35, 35, 40, 40, 40, 40])
    }

    @Test("of overlapping events the one that began last counts, whatever their order in the file")
    func overlapping() throws {
        let events = [(at: 100.0, duration: 100.0, value: 30.0), (150, 20, 20)]
        let expected: [Double] = [50, 30, 20, 20, 30, 30, 50]
        let seconds: [Double] = [99, 100, 150, 169, 170, 199, 200]
        #expect(try targets(seconds, events: events) == expected)
        #expect(try targets(seconds, events: events.reversed()) == expected)
    }

    @Test("of what begins together the event counts, and of two events the one written last")
    func together() throws {
        let targets = try targets(
            [100, 110, 120], profile: [(100, 40)], events: [(100, 20, 30), (100, 10, 20)])
        #expect(targets == [20, 30, 40])
    }

    @Test("on hardware the events of the simulation do not count")
    func withoutEvents() throws {
        let targets = try targets(
            [0, 100, 150], profile: [(150, 40)], events: [(60, 0, 35)], withEvents: false)
        #expect(targets == [50, 50, 40])
    }

    @Test("an event is that of its loop alone")
    func otherLoop() throws {
        let settings = try Configuration.load(
            path: Repository.path("configs/quadruple-tank.toml"))
        let left = SetpointPlan(settings, loop: 0, withEvents: true)
        let right = SetpointPlan(settings, loop: 1, withEvents: true)
        let late: UInt64 = 300_000_000_000
        #expect(Double(left.target(at: late).bits) / 65_536 == 14)
        #expect(right.target(at: late) == right.target(at: 0))
    }
}
