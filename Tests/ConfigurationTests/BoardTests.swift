import Configuration
import Testing

@Suite("Devices of a board in a configuration")
struct BoardTests {
    static let mistakes = [
        Mistake(
            "driver = \"ds18b20\"", "driver = \"ds18b2\"",
            """
            13:10: device.driver: found "ds18b2"; allowed is "tclab", "gpio", "pwm", "ds18b20", \
            "iio", "hwmon", "thermal", "line", "modbus" or "sim"; did you mean "ds18b20"?
            """),
        Mistake(
            "path = \"/sys/class/pwm/pwmchip0\"\n", "",
            "7:1: device.path: missing; allowed is a text of 1 to 1024 bytes"),
        Mistake(
            "chip = \"max31855\"\n", "chip = \"max31855\"\npath = \"/x\"\n",
            "18:1: device.path: not used with driver \"hwmon\"; it belongs to \"tclab\", \"line\", \"modbus\" or \"pwm\""
        ),
        Mistake(
            "\"GPIO17\"", "\"gpiochip0:x\"",
            """
            21:11: sensor.channel: found "gpiochip0:x"; allowed is a line's name, or chip and \
            offset, as in "gpiochip0:17"
            """),
        Mistake(
            "\"GPIO17\"", "\"GPIO 17\"",
            """
            21:11: sensor.channel: found "GPIO 17"; allowed are 1 to 64 visible ASCII characters \
            but /
            """),
        Mistake(
            "\"28-0316a279f6ff\"", "\"../28-0316a279f6ff\"",
            """
            35:11: sensor.channel: found "../28-0316a279f6ff"; allowed are 1 to 64 visible ASCII \
            characters but /
            """),
        Mistake(
            "\"28-0316a279f6ff\"", "\"10-0316a279f6ff\"",
            """
            35:11: sensor.channel: found "10-0316a279f6ff"; allowed is a serial number, as in \
            "28-0316a279f6ff"
            """),
        Mistake(
            "\"frequency\"", "\"speed\"",
            """
            22:11: sensor.measure: found "speed"; allowed is "level", "frequency", "period", \
            "count" or "quadrature"
            """),
        Mistake(
            "\"frequency\"", "\"quadrature\"",
            "18:1: sensor.channel_b: missing; an encoder has a second line, as in \"GPIO27\""),
        Mistake(
            "debounce_us = 100", "channel_b = \"GPIO27\"",
            """
            23:13: sensor.channel_b: not used with measure "frequency"; it belongs to "quadrature"
            """),
        Mistake(
            "debounce_us = 100", "debounce_us = 1000001",
            "23:15: sensor.debounce_us: found 1000001; allowed is an integer from 0 to 1000000"),
        Mistake(
            "\"pull-up\"", "\"up\"",
            """
            25:8: sensor.bias: found "up"; allowed is "as-is", "disabled", "pull-up" or "pull-down"
            """),
        Mistake(
            "channel = \"0\"", "channel = \"32\"",
            "45:11: actuator.channel: found \"32\"; allowed is "
                + (0...30).map { "\"\($0)\"" }.joined(separator: ", ") + " or \"31\"; "
                + "did you mean \"2\"?"),
        Mistake(
            "pulse_low_us = 8", "pulse_low_us = 40",
            """
            47:16: actuator.pulse_low_us: found 40; pulse_low_us must be below pulse_high_us = 40, \
            and that not above pulse_period_us = 40
            """),
        Mistake(
            "pulse_low_us = 8", "pulse_high_us = 41",
            """
            47:17: actuator.pulse_high_us: found 41; pulse_low_us must be below pulse_high_us = \
            41, and that not above pulse_period_us = 40
            """),
        Mistake(
            "safe = \"0 %\"", "safe = \"50 %\"",
            """
            62:8: actuator.safe: found "50 %"; allowed is 0 or 100: a line that nobody switches is \
            off or on
            """),
        Mistake(
            "window_ms = 2000\n", "",
            "57:13: actuator.min_on_ms: found 100; it needs window_ms: without one the line "
                + "follows its level"),
        Mistake(
            "window_ms = 2000\nmin_on_ms = 100", "window_ms = 2000\nmin_on_ms = 2001",
            "57:13: actuator.window_ms: found 2000; allowed is at least min_on_ms + min_off_ms = 2001"
        ),
        Mistake(
            "device = \"pwm\"\nchannel = \"0\"", "device = \"wire\"\nchannel = \"0\"",
            """
            44:10: actuator.device: found "wire" with driver "ds18b20"; outputs have the drivers \
            tclab, gpio, pwm, line, modbus, sim
            """),
    ]

    @Test("the text that the mistakes are made in is valid, and read as it is written")
    func base() throws {
        let settings = try parse(text: BoardBase.text, path: "oven.toml")
        #expect(settings.devices.map(\.name) == ["pins", "pwm", "wire", "couple"])
        #expect(settings.devices.first?.driver == .gpio)
        #expect(settings.sensors.first?.input?.scale == 30)
        let speed = try #require(settings.sensors.first?.input?.line)
        #expect(speed.measure == .frequency)
        #expect(speed.bias == .pullUp)
        #expect(speed.debounceMicroseconds == 100)
        #expect(speed.idleMilliseconds == 2000)
        #expect(!speed.isActiveLow)
        guard case .pulse(let fan) = settings.actuators.first?.output,
            case .line(let heater) = settings.actuators.last?.output
        else {
            Issue.record("the fan has pulses, the heater a line")
            return
        }
        #expect(fan.periodMicroseconds == 40)
        #expect(fan.shortestMicroseconds == 8)
        #expect(fan.longestMicroseconds == 40)
        #expect(!fan.isInversed)
        #expect(heater.isActiveLow)
        #expect(heater.windowMilliseconds == 2000)
        #expect(heater.shortestOnMilliseconds == 100)
        #expect(heater.shortestOffMilliseconds == 0)
    }

    @Test("a mistake is reported with its place", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        try mistake.checkFirst(in: BoardBase.text)
    }

    @Test("a converter with a trigger captures by itself; without one its channels are read")
    func trigger() throws {
        let chip = "driver = \"hwmon\"\nchip = \"max31855\""
        let polled = BoardBase.text.replacing(chip, with: "driver = \"iio\"\nchip = \"ads1115\"")
        let drivers = try [
            polled, polled.replacing("ads1115\"", with: "ads1115\"\ntrigger = \"own\""),
        ]
        .map { try parse(text: $0, path: "oven.toml").devices[3].driver }
        guard case .iio(let name, .none) = drivers[0], case .iio(_, .some(let own)) = drivers[1]
        else {
            Issue.record("both are converters, one with a trigger")
            return
        }
        #expect(name.value == "ads1115" && own.value == "own")
    }
}
