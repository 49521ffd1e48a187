import Configuration
import Devices

/// Gathers what is on one device that exchanges lines: sensors with the same request are one query.
struct ExchangeParts {
    private let settings: LineDeviceSettings
    private var queries: [(exchange: ExchangeSettings, inputs: [(String, InputChannel)])] = []
    private var outputs: [ExchangeOutput] = []

    init(_ settings: LineDeviceSettings) { self.settings = settings }

    mutating func add(_ channel: InputChannel, _ field: String, _ exchange: ExchangeSettings) {
        if let index = queries.firstIndex(where: { $0.exchange == exchange }) {
            queries[index].inputs.append((field, channel))
        } else {
            queries.append((exchange, [(field, channel)]))
        }
    }

    mutating func add(
        _ channel: OutputChannel, _ field: String, _ output: ExchangeOutputSettings
    ) {
        outputs.append(
            ExchangeOutput(
                channel, request: LinePattern(output.exchange.request),
                response: LinePattern(output.exchange.response), field: field,
                decimals: output.decimals, scale: output.scale, offset: output.offset))
    }

    func unit(name: String, driveNanoseconds: UInt64) -> any BoardUnit {
        let framing = LineFraming(
            LineFraming.Terminator(settings.terminator),
            checksum: LineChecksum(settings.checksum), mark: settings.checksumMark,
            skippedCount: settings.checksumSkip)
        let timing = ExchangeTiming(
            deadline: UInt64(settings.deadlineMilliseconds) * 1_000_000,
            poll: UInt64(settings.pollMilliseconds) * 1_000_000, drive: driveNanoseconds,
            settle: UInt64(settings.startMilliseconds) * 1_000_000)
        return ExchangeUnit(
            name: name, path: settings.path.value, baud: UInt32(settings.baud), framing: framing,
            timing: timing,
            queries: queries.map { query in
                ExchangeQuery(
                    request: LinePattern(query.exchange.request),
                    response: LinePattern(query.exchange.response),
                    inputs: query.inputs.map { (field: $0.0, channel: $0.1) })
            },
            outputs: outputs,
            calls: SystemTerminalCalls(lastWords: ExchangeOutput.lastWords(framing, outputs)))
    }
}

extension LinePattern {
    fileprivate init(_ pattern: MessagePattern) {
        self.init(
            pattern.parts.map { part in
                switch part {
                case .text(let text): .text(text)
                case .field(let name): .field(name)
                case .anything: .anything
                }
            })
    }
}

extension LineFraming.Terminator {
    fileprivate init(_ terminator: SerialTerminator) {
        switch terminator {
        case .lf: self = .lf
        case .crlf: self = .crlf
        case .cr: self = .cr
        }
    }
}

extension LineChecksum {
    /// `nil` for none.
    fileprivate init?(_ checksum: SerialChecksum) {
        switch checksum {
        case .none: return nil
        case .xor: self = .xor
        case .sum8: self = .sum8
        case .crc8: self = .crc8
        case .crc16Modbus: self = .crc16Modbus
        }
    }
}
