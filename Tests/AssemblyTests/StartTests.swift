import Assembly
import Configuration
import Control
import FixedPoint
import Simulation
import Testing

@Suite("The first ticks of a loop")
struct StartTests {
    /// The motor with a bridge that turns it both ways.
    private func motor() throws -> Settings {
        let settings = try Configuration.load(path: Repository.path("configs/motor.toml"))
        let text = settings.text.replacing(
            "[\"0 V\", \"12 V\"]", with: "[\"-12 V\", \"12 V\"]")
        #expect(text != settings.text)
        return try Configuration.parse(text: text, path: "motor.toml")
    }

    @Test(
        "an actuator with two directions starts at its safe level", arguments: [Law.learned, .pid])
    func twoDirections(law: Law) throws {
        let ticks = try SampleRun(try motor(), ticks: 250, law: law).ticks
        // The ramp begins at standstill: the first command is small, and none is in reverse.
        #expect(abs(volts(ticks[0])) < 0.5)
        #expect(ticks.allSatisfy { volts($0) > -0.5 })
        #expect(ticks.allSatisfy { $0.latched == 0 })
        let last = Double(ticks[249].estimate.bits) / 65_536
        #expect(abs(last - 60) < 3)
    }

    @Test(
        "without integral action and without error the safe level is driven",
        arguments: [Law.learned, .pid])
    func proportional(law: Law) throws {
        // At 21 C in a room of 21 C; the safe level is 10 % of -50 % to 150 %.
        let settings = try Plain.settings([
            ("ti_s = 20.0", "ti_s = 0"), ("setpoint = \"50 C\"", "setpoint = \"21 C\""),
            ("\"0.04 C\"", "\"0 C\""), ("\"0.3223 C\"", "\"0 C\""),
        ])
        let ticks = try SampleRun(settings, ticks: 3, law: law).ticks
        // A network rounds its sum to 15 bits of the output range.
        #expect(abs(volts(ticks[0]) - 10) < 200 * 0x1p-14)
    }

    private func volts(_ record: TickRecord) -> Double { Double(record.output.bits) / 65_536 }
}
