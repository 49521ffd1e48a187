import Foundation
import Testing

@Suite("flyball detect, and safe on a board")
struct DetectTests {
    /// A tree of sysfs with a PWM channel that a dead process left running, and a monitor.
    static func withTree(_ body: (String) throws -> Void) throws {
        try Tool.withDirectory { root in
            let files = [
                "/sys/class/pwm/pwmchip0/npwm": "2", "/sys/class/pwm/pwmchip0/export": "",
                "/sys/class/pwm/pwmchip0/pwm0/enable": "1",
                "/sys/class/pwm/pwmchip0/pwm0/period": "1000000",
                "/sys/class/pwm/pwmchip0/pwm0/duty_cycle": "900000",
                "/sys/class/pwm/pwmchip0/pwm0/polarity": "normal",
                "/sys/class/hwmon/hwmon0/name": "cpu", "/sys/class/hwmon/hwmon0/temp1_input": "1",
                "/dev/null0": "",
            ]
            for (path, text) in files {
                let directory = (root + path).split(separator: "/").dropLast()
                try FileManager.default.createDirectory(
                    atPath: "/" + directory.joined(separator: "/"),
                    withIntermediateDirectories: true)
                try Tool.write(text + "\n", to: root + path)
            }
            try body(root)
        }
    }

    static func text(_ root: String, _ file: String) throws -> String {
        try Tool.text("\(root)/sys/class/pwm/pwmchip0/pwm0/\(file)")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("prints the lines of a configuration")
    func lines() throws {
        try Self.withTree { root in
            let result = try Tool.run("detect", "--root", root)
            #expect(result.status == 0)
            #expect(
                result.output == """
                    # Found by `flyball detect`; docs/configuration.md explains every key.

                    [[device]]
                    name = "pwm0"
                    driver = "pwm"
                    path = "/sys/class/pwm/pwmchip0"
                    # channels 0 to 1

                    [[device]]
                    name = "monitor0"
                    driver = "hwmon"
                    chip = "cpu"
                    # channel = "temp1"

                    """)
            #expect(try Self.text(root, "enable") == "1")
        }
    }

    @Test("prints one JSON object with every kind, also of what is not there")
    func json() throws {
        try Self.withTree { root in
            let object = try #require(try Tool.run("detect", "--json", "--root", root).json)
            #expect(
                Set(object.keys) == [
                    "gpio", "pwm", "ds18b20", "iio", "hwmon", "thermal", "serial",
                ])
            let pulses = object["pwm"] as? [[String: Any]]
            #expect(pulses?.first?["channels"] as? Int == 2)
            #expect((object["gpio"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("a machine with nothing says so, and that is no error")
    func nothing() throws {
        try Tool.withDirectory { root in
            let result = try Tool.run("detect", "--root", root)
            #expect(result.status == 0)
            #expect(result.output.isEmpty)
            #expect(result.error == "nothing found that a configuration can name\n")
        }
    }

    /// The fan of the examples without its tachometer, which needs a real chip.
    static func fan(_ root: String, safe: String) throws -> String {
        let path = "\(root)/fan.toml"
        var text = try Tool.text(Repository.path("configs/fan.toml"))
            .replacing("safe = \"100 %\"", with: "safe = \"\(safe)\"")
            .replacing("driver = \"gpio\"", with: "driver = \"hwmon\"\nchip = \"cpu\"")
            .replacing("channel = \"GPIO24\"", with: "channel = \"temp1\"")
        for key in ["measure", "bias", "debounce_us"] {
            text = text.replacing(try Regex("(?m)^\(key) = .*\n"), with: "")
        }
        try Tool.write(text, to: path)
        return path
    }

    @Test("safe stops a channel that was left running, and says so")
    func stops() throws {
        try Self.withTree { root in
            let config = try Self.fan(root, safe: "0 %")
            let result = try Tool.run("safe", config, "--root", root)
            #expect(result.status == 0, "\(result.error)")
            #expect(result.output == "pwm: outputs safe\npins: outputs safe\n")
            #expect(try Self.text(root, "enable") == "0")
            #expect(try Self.text(root, "duty_cycle") == "0")
        }
    }

    @Test("a fan whose safe level is full speed is left running at it")
    func leaves() throws {
        try Self.withTree { root in
            let config = try Self.fan(root, safe: "100 %")
            #expect(try Tool.run("safe", config, "--root", root).status == 0)
            #expect(try Self.text(root, "enable") == "1")
            #expect(try Self.text(root, "duty_cycle") == "40000")
            #expect(try Self.text(root, "period") == "40000")
        }
    }

    @Test("a device that is not there ends with 69 and is named")
    func absent() throws {
        try Tool.withDirectory { root in
            let config = try Self.fan(root, safe: "0 %")
            let result = try Tool.run("safe", config, "--root", root)
            #expect(result.status == 69)
            #expect(result.error.contains("pwm: /sys/class/pwm/pwmchip0/export: No such file"))
        }
    }
}
