extension Inventory {
    /// The inventory as the lines of a configuration, with what can be chosen as comments.
    package var configuration: String {
        var text = ""
        if !lines.isEmpty {
            text += Self.device("pins", "gpio")
            for chip in lines { text += Self.comments(chip) }
        }
        for (index, chip) in pulses.enumerated() {
            text += Self.device("pwm\(index)", "pwm", "path = \"\(chip.path)\"")
            text += "# channels 0 to \(max(0, chip.count - 1))\n"
        }
        if !oneWire.isEmpty {
            text += Self.device("wire", "ds18b20")
            for serial in oneWire { text += Self.channel(serial) }
        }
        for (index, converter) in converters.enumerated() {
            text += Self.device(
                "adc\(index)", "iio", "chip = \"\(name(of: converter, in: converters))\"")
            for channel in converter.channels { text += Self.channel(channel) }
        }
        for (index, monitor) in monitors.enumerated() {
            text += Self.device(
                "monitor\(index)", "hwmon", "chip = \"\(name(of: monitor, in: monitors))\"")
            for channel in monitor.channels { text += Self.channel(channel) }
        }
        if !zones.isEmpty {
            text += Self.device("zones", "thermal")
            for zone in zones {
                let isOnly = zones.count { $0.type == zone.type } == 1
                text += Self.channel(isOnly ? zone.type : zone.entry)
            }
        }
        for (index, port) in serialPorts.enumerated() {
            text += Self.device("serial\(index)", "tclab", "path = \"\(port)\"")
            // What is at the other end cannot be seen without asking it.
            text += "# driver = \"line\"  # a board of your own\n"
            text += "# driver = \"modbus\"  # devices with Modbus RTU\n"
        }
        return text
    }

    /// By name when it is the only one of that name, since directories may change at a boot.
    private func name(of device: Inputs, in all: [Inputs]) -> String {
        let isOnly = all.count { $0.name == device.name } == 1
        return isOnly && !device.name.isEmpty ? device.name : device.path
    }

    private static func device(_ name: String, _ driver: String, _ key: String? = nil) -> String {
        var text = "\n[[device]]\nname = \"\(name)\"\ndriver = \"\(driver)\"\n"
        if let key { text += key + "\n" }
        return text
    }

    private static func channel(_ name: String) -> String { "# channel = \"\(name)\"\n" }

    private static func comments(_ chip: Lines) -> String {
        if let fault = chip.fault { return "# \(fault)\n" }
        var text = "# \(chip.chip), \(chip.label), \(chip.lines.count) lines\n"
        for (offset, line) in chip.lines.enumerated() {
            let address = line.name.isEmpty ? "\(chip.chip):\(offset)" : line.name
            text += "# channel = \"\(address)\""
            if line.isUsed {
                text += "  # in use" + (line.consumer.isEmpty ? "" : ": \(line.consumer)")
            }
            text += "\n"
        }
        return text
    }
}
