/// The keys that only devices on a serial line have whose protocol the configuration describes.
extension OptionTable {
    /// What every serial line can do.
    static let baudRates = [9600, 19_200, 38_400, 57_600, 115_200]

    private static let line = Condition(key: "driver", values: ["line"])
    private static let modbus = Condition(key: "driver", values: ["modbus"])
    private static let either = Condition(key: "driver", values: ["line", "modbus"])

    private static let parities = ["none", "even", "odd"]

    static let serialDevice = [
        OptionEntry(
            "baud", .oneOf(baudRates), .defaulted(.integer(115_200)), when: line,
            example: "115200", "The speed of the line in bit/s; 8 bits, no parity, 1 stop bit."),
        OptionEntry(
            "baud", .oneOf(baudRates), .defaulted(.integer(19_200)), when: modbus, example: "19200",
            "The speed of the line in bit/s."),
        OptionEntry(
            "parity", .choice(parities), .defaulted(.text("even")), when: modbus,
            example: "\"even\"", "The parity of each byte, of which all devices have the same."),
        OptionEntry(
            "stop_bits", .integer(1...2), .defaulted(.integer(1)), when: modbus, example: "1",
            "Stop bits behind each byte; 2 are usual without parity."),
        OptionEntry(
            "retries", .integer(0...5), .defaulted(.integer(2)), when: modbus, example: "2",
            "How often a request is repeated that brought no answer or a damaged one."),
        OptionEntry(
            "deadline_ms", .integer(10...1000), .defaulted(.integer(200)), when: either,
            example: "200", "Longest time for the answer to one request."),
        OptionEntry(
            "poll_ms", .integer(10...600_000), .optional("half of `period_ms`, at least 20"),
            when: either, example: "500",
            "From the begin of one round of requests to that of the next. At most half of the `max_age_ms` "
                + "of what is on the device. A new command does not wait for it."),
        OptionEntry(
            "start_ms", .integer(0...2500), .defaulted(.integer(2000)), when: line,
            example: "2000",
            "After opening, in which the device is not asked: opening resets most Arduinos."),
        OptionEntry(
            "terminator", .choice(SerialTerminator.allCases.map(\.rawValue)),
            .defaulted(.text("lf")), when: line, example: "\"lf\"",
            "What ends a line, in both directions; with `lf` an answer may end with CR LF, too."),
        OptionEntry(
            "checksum", .choice(SerialChecksum.allCases.map(\.rawValue)),
            .defaulted(.text("none")), when: line, example: "\"xor\"",
            "What stands at the end of each line, in both directions, as two hexadecimal digits, or "
                + "four for `crc16-modbus`, the highest first. `crc8` has the polynomial 0x07."),
        OptionEntry(
            "checksum_mark", .message(0...4), .defaulted(.text("*")), when: line,
            example: "\"*\"", "What stands before the digits of the checksum."),
        OptionEntry(
            "checksum_skip", .integer(0...8), .defaulted(.integer(0)), when: line, example: "1",
            "How many characters at the begin the checksum leaves out: 1 for the `$` of NMEA 0183."),
    ]

    static let serialSensor = [
        OptionEntry(
            "channel", .label, when: modbus, example: "\"1:input:0\"",
            "The place, as `station:table:address`: station 1 to 247, table `holding`, `input`, `coil` or "
                + "`discrete`, address 0 to 65535. What handbooks call 40001 is `holding:0`."),
        OptionEntry(
            "channel", .label, when: line, example: "\"t1\"",
            "The field of `response` that is read: letters, digits, `_`, `-`."),
        OptionEntry(
            "request", .message(1...64), when: line, example: "\"READ\"",
            "What is sent to the device. Sensors with the same request share one exchange."),
        OptionEntry(
            "response", .message(1...64), when: line, example: "\"T1={t1} T2={t2}\"",
            "What the device answers: `{name}` is a number, `{*}` anything, all else stands as it is."
        ),
    ]

    static let serialActuator = [
        OptionEntry(
            "channel", .label, when: modbus, example: "\"1:holding:0\"",
            "The place, as `station:table:address`, in the table `holding` or `coil`; a coil is on from the "
                + "middle of the range upwards."),
        OptionEntry(
            "channel", .label, when: line, example: "\"q1\"",
            "The field of `request` that is the level: letters, digits, `_`, `-`."),
        OptionEntry(
            "request", .message(1...64), when: line, example: "\"Q1 {q1}\"",
            "What is sent to the device, with the level in place of its field."),
        OptionEntry(
            "response", .message(1...64), when: line, example: "\"Q1={q1}\"",
            "What the device answers; a field with the name of `channel` is compared with what was "
                + "sent."),
        OptionEntry(
            "decimals", .integer(0...6), .defaulted(.integer(2)), when: line, example: "2",
            "Digits behind the point of the number sent."),
        OptionEntry(
            "scale", .number(-1_000_000...1_000_000), .defaulted(.number(1)), when: either,
            example: "2.55",
            "The number sent is the level times this, plus `offset`: 2.55 makes 0 to 255 of percents."
        ),
        OptionEntry(
            "offset", .number(-32767...32767), .defaulted(.number(0)), when: either, example: "0.0",
            "Added after `scale`."),
    ]

    /// How a number of Modbus stands, read or written.
    static let registerNumber = [
        OptionEntry(
            "type", .choice(RegisterType.allCases.map(\.rawValue)), .optional("`u16`"),
            when: modbus, example: "\"i16\"",
            "How the number stands in one register, or in two: without and with sign, or floating-point. "
                + "A bit has no type."),
        OptionEntry(
            "word_order", .choice(WordOrder.allCases.map(\.rawValue)),
            .defaulted(.text("high-first")), when: modbus, example: "\"high-first\"",
            "Which of two registers is at the lower address."),
    ]
}
