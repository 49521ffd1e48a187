import Glibc

/// What this machine has that a configuration can name: looked at, never driven.
package struct Inventory: Equatable, Sendable {
    package struct Lines: Equatable, Sendable {
        package var chip: String
        package var label: String
        package var lines: [GPIOLine]
        /// Why the chip cannot be looked at; it then has no lines here.
        package var fault: String?
    }

    package struct Channels: Equatable, Sendable {
        package var path: String
        package var count: Int
    }

    /// A device with inputs: a converter, a monitor.
    package struct Inputs: Equatable, Sendable {
        package var name: String
        package var path: String
        package var channels: [String]
    }

    package struct Zone: Equatable, Sendable {
        package var entry: String
        package var type: String
    }

    package private(set) var lines: [Lines]
    package private(set) var pulses: [Channels]
    /// Serial numbers of DS18B20.
    package private(set) var oneWire: [String]
    package private(set) var converters: [Inputs]
    package private(set) var monitors: [Inputs]
    package private(set) var zones: [Zone]
    /// Paths that survive replugging.
    package private(set) var serialPorts: [String]

    package static let serialDirectory = "/dev/serial/by-id"
    package static let pulseDirectory = "/sys/class/pwm"

    package init(files: some FileCalls, lines gpio: some GPIOCalls) {
        lines = Self.lines(gpio)
        pulses = Self.entries(Self.pulseDirectory, files).compactMap { entry in
            guard entry.hasPrefix("pwmchip") else { return nil }
            let path = "\(Self.pulseDirectory)/\(entry)"
            return Channels(path: path, count: Int(Self.text("\(path)/npwm", files) ?? "") ?? 0)
        }
        oneWire = Self.entries(DS18B20.directory, files).filter { $0.hasPrefix("28-") }
        converters = Self.inputs(IIOChannel.directory, files) { file in
            guard file.hasPrefix("in_") else { return nil }
            let rest = file.dropFirst(3)
            for end in ["_raw", "_input"] where rest.hasSuffix(end) {
                return String(rest.dropLast(end.count))
            }
            return nil
        }
        monitors = Self.inputs(HwmonInput.directory, files) { file in
            let isKnown = ["temp", "fan", "in"].contains { file.hasPrefix($0) }
            return isKnown && file.hasSuffix("_input") ? String(file.dropLast(6)) : nil
        }
        zones = Self.entries(ThermalZone.directory, files).compactMap { entry in
            guard entry.hasPrefix("thermal_zone") else { return nil }
            let type = Self.text("\(ThermalZone.directory)/\(entry)/type", files)
            return Zone(entry: entry, type: type ?? entry)
        }
        serialPorts = Self.entries(Self.serialDirectory, files).map {
            "\(Self.serialDirectory)/\($0)"
        }
    }

    private static func lines(_ gpio: some GPIOCalls) -> [Lines] {
        let chips = (try? gpio.chips()) ?? []
        return chips.map { name in
            var found = Lines(chip: name, label: "", lines: [], fault: nil)
            do throws(CallFault) {
                let chip = try gpio.chip(name)
                found.label = chip.label
                for offset in 0..<chip.lineCount {
                    found.lines.append(try gpio.line(name, offset: offset))
                }
            } catch {
                found.lines = []
                found.fault = BoardFault(name, error).description
            }
            return found
        }
    }

    private static func inputs(
        _ root: String, _ files: some FileCalls, channel: (String) -> String?
    ) -> [Inputs] {
        entries(root, files).compactMap { entry in
            let path = "\(root)/\(entry)"
            // One channel may have both files, raw and processed.
            let channels = Set(entries(path, files).compactMap(channel)).sorted()
            guard !channels.isEmpty else { return nil }
            return Inputs(name: text("\(path)/name", files) ?? "", path: path, channels: channels)
        }
    }

    /// What is not there has no entries; that is no fault of an inventory.
    private static func entries(_ directory: String, _ files: some FileCalls) -> [String] {
        (try? files.list(directory)) ?? []
    }

    private static func text(_ path: String, _ files: some FileCalls) -> String? {
        try? files.read(path)
    }
}
