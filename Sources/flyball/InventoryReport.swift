import Devices

/// What `flyball detect --json` prints.
struct InventoryReport: Encodable {
    struct Chip: Encodable {
        struct Line: Encodable {
            let offset: Int
            let name: String
            let consumer: String
            let isUsed: Bool
            let isOutput: Bool

            enum CodingKeys: String, CodingKey {
                case offset, name, consumer
                case isUsed = "used"
                case isOutput = "output"
            }
        }

        let chip: String
        let label: String
        let lines: [Line]
        /// Why the chip cannot be looked at; empty when it can.
        let fault: String
    }

    struct Pulses: Encodable {
        let path: String
        let channels: Int
    }

    struct Inputs: Encodable {
        let name: String
        let path: String
        let channels: [String]
    }

    struct Zone: Encodable {
        let entry: String
        let type: String
    }

    let gpio: [Chip]
    let pwm: [Pulses]
    let ds18b20: [String]
    let iio: [Inputs]
    let hwmon: [Inputs]
    let thermal: [Zone]
    let serial: [String]

    init(_ inventory: Inventory) {
        gpio = inventory.lines.map { chip in
            Chip(
                chip: chip.chip, label: chip.label,
                lines: chip.lines.enumerated().map { offset, line in
                    Chip.Line(
                        offset: offset, name: line.name, consumer: line.consumer,
                        isUsed: line.isUsed, isOutput: line.isOutput)
                }, fault: chip.fault ?? "")
        }
        pwm = inventory.pulses.map { Pulses(path: $0.path, channels: $0.count) }
        ds18b20 = inventory.oneWire
        iio = inventory.converters.map(Self.inputs)
        hwmon = inventory.monitors.map(Self.inputs)
        thermal = inventory.zones.map { Zone(entry: $0.entry, type: $0.type) }
        serial = inventory.serialPorts
    }

    private static func inputs(_ inputs: Inventory.Inputs) -> Inputs {
        Inputs(name: inputs.name, path: inputs.path, channels: inputs.channels)
    }
}
