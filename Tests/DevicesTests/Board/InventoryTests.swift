import Devices
import Glibc
import Testing

@Suite("What this machine has")
struct InventoryTests {
    static let files = [
        "/sys/class/pwm/pwmchip0/npwm": "4", "/sys/class/pwm/other/npwm": "1",
        "/sys/bus/w1/devices/28-0316a279f6ff/w1_slave": "",
        "/sys/bus/w1/devices/w1_bus_master1/x": "",
        "/sys/bus/iio/devices/iio:device0/name": "ads1115",
        "/sys/bus/iio/devices/iio:device0/in_voltage0_raw": "1",
        "/sys/bus/iio/devices/iio:device0/in_voltage0_scale": "1",
        "/sys/bus/iio/devices/iio:device0/in_temp_input": "1",
        "/sys/bus/iio/devices/trigger0/name": "trigger",
        "/sys/class/hwmon/hwmon0/name": "nvme", "/sys/class/hwmon/hwmon0/temp1_input": "1",
        "/sys/class/hwmon/hwmon1/name": "nvme", "/sys/class/hwmon/hwmon1/temp1_input": "1",
        "/sys/class/hwmon/hwmon2/name": "fan", "/sys/class/hwmon/hwmon2/fan1_input": "1",
        "/sys/class/hwmon/hwmon2/pwm1": "1",
        "/sys/class/thermal/thermal_zone0/type": "cpu-thermal",
        "/sys/class/thermal/cooling_device0/type": "Processor",
        "/dev/serial/by-id/usb-Arduino-TCLab": "",
    ]

    @Test("an empty machine has nothing, and nothing is driven to find out")
    func empty() {
        let files = ScriptedFiles([:])
        let lines = ScriptedLines()
        lines.fail(.chips, with: ENOENT)
        let inventory = Inventory(files: files, lines: lines)
        #expect(inventory.configuration.isEmpty)
        #expect(files.trace.allSatisfy { $0.hasPrefix("list ") })
        #expect(lines.trace.isEmpty)
    }

    @Test("everything is listed, by names where they are unambiguous")
    func whole() {
        let lines = ScriptedLines((name: "gpiochip0", lines: ["", "GPIO1"]))
        let files = ScriptedFiles(Self.files)
        let inventory = Inventory(files: files, lines: lines)
        #expect(
            inventory.configuration == """

                [[device]]
                name = "pins"
                driver = "gpio"
                # gpiochip0, test, 2 lines
                # channel = "gpiochip0:0"
                # channel = "GPIO1"

                [[device]]
                name = "pwm0"
                driver = "pwm"
                path = "/sys/class/pwm/pwmchip0"
                # channels 0 to 3

                [[device]]
                name = "wire"
                driver = "ds18b20"
                # channel = "28-0316a279f6ff"

                [[device]]
                name = "adc0"
                driver = "iio"
                chip = "ads1115"
                # channel = "temp"
                # channel = "voltage0"

                [[device]]
                name = "monitor0"
                driver = "hwmon"
                chip = "/sys/class/hwmon/hwmon0"
                # channel = "temp1"

                [[device]]
                name = "monitor1"
                driver = "hwmon"
                chip = "/sys/class/hwmon/hwmon1"
                # channel = "temp1"

                [[device]]
                name = "monitor2"
                driver = "hwmon"
                chip = "fan"
                # channel = "fan1"

                [[device]]
                name = "zones"
                driver = "thermal"
                # channel = "cpu-thermal"

                [[device]]
                name = "serial0"
                driver = "tclab"
                path = "/dev/serial/by-id/usb-Arduino-TCLab"
                # driver = "line"  # a board of your own
                # driver = "modbus"  # devices with Modbus RTU

                """)
        #expect(files.trace.allSatisfy { !$0.hasPrefix("write ") })
        #expect(lines.trace.isEmpty)
    }

    @Test("a chip that cannot be looked at is listed with the reason")
    func refused() {
        let lines = ScriptedLines((name: "gpiochip0", lines: ["A"]))
        lines.fail(.chip, with: EACCES)
        let inventory = Inventory(files: ScriptedFiles([:]), lines: lines)
        #expect(inventory.lines.map(\.fault) == ["gpiochip0: Permission denied"])
        #expect(inventory.configuration.hasSuffix("# gpiochip0: Permission denied\n"))
        lines.fail(.line, with: EIO)
        #expect(
            Inventory(files: ScriptedFiles([:]), lines: lines).lines.first?.fault
                == "gpiochip0: Input/output error")
    }
}
