/// The settings of Modbus devices, and what spans their keys.
extension SettingsReader {
    func modbusBus(_ reading: SectionReading) throws(SectionReading.Absent) -> ModbusSettings {
        ModbusSettings(
            path: try reading.locatedText("path"), baud: try reading.integer("baud"),
            parity: try reading.word("parity"), stopBits: try reading.integer("stop_bits"),
            deadlineMilliseconds: try reading.integer("deadline_ms"),
            pollMilliseconds: try pollMilliseconds(reading),
            retries: try reading.integer("retries"))
    }

    func register(_ reading: SectionReading) throws(SectionReading.Absent) -> RegisterSettings {
        guard let place = RegisterSettings.place(try reading.text("channel")) else {
            throw SectionReading.Absent()
        }
        return RegisterSettings(
            station: place.station, table: place.table, address: place.address,
            type: place.table.isBits ? nil : type(reading),
            wordOrder: try reading.word("word_order"))
    }

    func registerOutput(_ reading: SectionReading) throws(SectionReading.Absent)
        -> RegisterOutputSettings
    {
        RegisterOutputSettings(
            register: try register(reading), scale: try reading.number("scale"),
            offset: try reading.number("offset"))
    }

    private func type(_ reading: SectionReading) -> RegisterType {
        (try? reading.word("type")) ?? .u16
    }

    mutating func checkModbus() {
        for reading in (readings[.sensor] ?? []) + (readings[.interlock] ?? [])
        where driverName(of: reading) == "modbus" {
            checkPlace(reading, isWritten: false)
            checkPoll(reading)
        }
        for reading in readings[.actuator] ?? [] where driverName(of: reading) == "modbus" {
            checkPlace(reading, isWritten: true)
            checkPoll(reading)
        }
        checkOverlaps()
    }

    /// Two actuators that share a register would each write over half of the other's number.
    private mutating func checkOverlaps() {
        var written: [(name: String, channel: String, bus: String, addresses: Range<Int>)] = []
        for reading in readings[.actuator] ?? [] where driverName(of: reading) == "modbus" {
            guard let channel = try? reading.text("channel"),
                let place = RegisterSettings.place(channel), !place.table.isBits,
                let device = try? reading.text("device"), let name = try? reading.text("name")
            else { continue }
            let bus = "\(device) \(place.station) \(place.table)"
            let addresses = place.address..<place.address + type(reading).wordCount
            let other = written.first { $0.bus == bus && $0.addresses.overlaps(addresses) }
            // The same channel twice is refused as every driver's is.
            if let other, other.channel != channel {
                problems.add(
                    reading.position("channel"), reading.section.path("channel"),
                    "found \"\(channel)\" of \"\(name)\", whose registers overlap \"\(other.channel)\" "
                        + "of actuator \"\(other.name)\"",
                    "a number of type u32, i32 or f32 has two registers")
            }
            written.append((name, channel, bus, addresses))
        }
    }

    private mutating func checkPlace(_ reading: SectionReading, isWritten: Bool) {
        guard let channel = try? reading.text("channel") else { return }
        guard let place = RegisterSettings.place(channel), place.table.isWritable || !isWritten
        else {
            refuse(
                reading, "channel",
                isWritten
                    ? "allowed is station:table:address with holding or coil, as in \"1:holding:0\""
                    : "allowed is station:table:address, as in \"1:input:0\"")
            return
        }
        guard !place.table.isBits else {
            if (try? reading.text("type")) != nil {
                refuse(reading, "type", "not used with a bit of the table \(place.table.rawValue)")
            }
            if isWritten { checkLineSafe(reading) }
            return
        }
        if place.address + type(reading).wordCount > 65_536 {
            refuse(reading, "channel", "the number has two registers, and 65535 is the last")
        }
        if isWritten { checkSpan(reading) }
    }

    /// A level that does not fit would be another one.
    private mutating func checkSpan(_ reading: SectionReading) {
        guard let range = try? reading.range("range"), let scale = try? reading.number("scale"),
            let offset = try? reading.number("offset")
        else { return }
        let type = type(reading)
        let ends = [range.low * scale + offset, range.high * scale + offset]
        guard !ends.allSatisfy(type.range.contains) else { return }
        problems.add(
            reading.position("range"), reading.section.path("range"),
            "found \(Wording.list(ends.map { Wording.number($0) })) as numbers to write",
            "type \"\(type.rawValue)\" holds \(Wording.number(type.range.lowerBound)) to "
                + Wording.number(type.range.upperBound))
    }
}
