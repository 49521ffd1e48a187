/// What the driver asks of a TCLab; anything else it never sends.
package enum TCLabRequest: Equatable, Sendable {
    /// `VER`
    case version
    /// `SCAN`: four lines, T1, T2, Q1, Q2.
    case scan
    /// `T1`, `T2`
    case temperature(TCLabTemperature)
    /// `Q1 x`, `Q2 x`
    case level(TCLabHeater, TCLabLevel)
    /// `X`: heaters off.
    case stop

    /// The bytes to send. A lone LF ends them: CRLF would be a second, empty command, and would
    /// hide the firmware that answers the last command again and again.
    package var line: ProtocolLine {
        var line =
            switch self {
            case .version: ProtocolLine("VER")
            case .scan: ProtocolLine("SCAN")
            case .temperature(.t1): ProtocolLine("T1")
            case .temperature(.t2): ProtocolLine("T2")
            case .level(.q1, let level): Self.line("Q1 ", level)
            case .level(.q2, let level): Self.line("Q2 ", level)
            case .stop: ProtocolLine("X")
            }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private static func line(_ command: StaticString, _ level: TCLabLevel) -> ProtocolLine {
        var line = ProtocolLine(command)
        level.append(to: &line)
        return line
    }
}
