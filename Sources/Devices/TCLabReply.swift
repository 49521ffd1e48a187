package import Control
package import FixedPoint

/// What the lines mean with which a TCLab answers.
package enum TCLabReply {
    /// Where a TMP36 works. A sensor that is torn off reads -50 C or 280 C, the ends of the board's
    /// converter.
    package static let temperatureRange = Q16_16(bits: -40 << 16)...Q16_16(bits: 150 << 16)

    /// Heater levels in percent.
    package static let levelRange = Q16_16(bits: 0)...Q16_16(bits: 100 << 16)

    /// A temperature in C.
    package static func temperature(_ line: ProtocolLine) throws(SensorFault) -> Q16_16 {
        guard let value = Q16_16(decimalText: line.bytes) else { throw .malformed }
        guard temperatureRange.contains(value) else { throw .outOfRange }
        return value
    }

    /// A heater level in percent; `nil` when the line is none.
    package static func level(_ line: ProtocolLine) -> Q16_16? {
        guard let value = Q16_16(decimalText: line.bytes), levelRange.contains(value) else {
            return nil
        }
        return value
    }

    /// Whether the line reports a heater at 0 %.
    package static func isOff(_ line: ProtocolLine) -> Bool {
        level(line) == Q16_16(bits: 0)
    }

    /// Whether the line answers `X`: from 1.1 to 1.4.1 it is echoed.
    package static func isStop(_ line: ProtocolLine) -> Bool {
        line == ProtocolLine("Stop") || line == ProtocolLine("X")
    }
}
