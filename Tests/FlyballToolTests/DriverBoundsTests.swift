import Configuration
import Devices
import FixedPoint
import Testing

/// Configuration knows no driver, so that its bounds could drift from those of the driver.
@Suite("What a configuration allows, its driver takes")
struct DriverBoundsTests {
    /// Deadline, period and maximum age in milliseconds, at the ends of what is allowed.
    static let ends = [
        (10, 1, 200), (2_000, 199, 200), (200, 1_000, 1_001), (200, 60_000, 600_000),
    ]

    private func error(_ deadline: Int, _ period: Int, _ age: Int) throws -> ConfigurationError? {
        let text = try Tool.text(Repository.path("configs/tclab.toml"))
            .replacing(#/deadline_ms = \d+/#, with: "deadline_ms = \(deadline)")
            .replacing(#/period_ms = \d+/#, with: "period_ms = \(period)")
            .replacing(#/max_age_ms = \d+/#, with: "max_age_ms = \(age)")
        do {
            _ = try parse(text: text, path: "tclab.toml")
            return nil
        } catch {
            return error
        }
    }

    private func compose(_ deadline: Int, _ period: Int, _ age: Int) throws {
        let cycle = TCLabSettings.defaultCycleNanoseconds(
            periodNanoseconds: UInt64(period) * 1_000_000,
            shortestMaximumAgeNanoseconds: UInt64(age) * 1_000_000)
        var device = TCLabDevice(
            try TCLabSettings(
                path: "/p", deadlineNanoseconds: UInt64(deadline) * 1_000_000,
                cycleNanoseconds: cycle))
        _ = try device.actuator(
            .q1, safeLevel: Q16_16(bits: 100 << 16),
            maximumAgeNanoseconds: UInt64(age) * 1_000_000)
    }

    @Test("at the ends of the ranges", arguments: ends)
    func allowed(deadline: Int, period: Int, age: Int) throws {
        let error = try error(deadline, period, age)
        #expect(error == nil)
        try compose(deadline, period, age)
    }

    @Test(
        "and what the driver refuses, it refuses first",
        arguments: [(2_001, 100, 200), (200, 100, 199)])
    func refused(deadline: Int, period: Int, age: Int) throws {
        let error = try error(deadline, period, age)
        #expect(error != nil)
        #expect(throws: TCLabSettingsFault.self) { try compose(deadline, period, age) }
    }
}
