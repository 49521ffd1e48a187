import Devices

/// What a board of some firmware answers, for the scripted terminal.
struct FakeBoard {
    static let banners = [
        "1.1.0": "TCLab Firmware Version 1.1.0", "1.3.0": "TCLab Firmware 1.3.0 Arduino Uno",
        "1.4.3": "TCLab Firmware 1.4.3 Arduino Uno", "2.0.1": "TCLab Firmware 2.0.1 Arduino Uno",
    ]

    var banner: String
    var decimals: Int
    var hasScan = true
    var q1 = "0"
    var q2 = "0"
    var t1 = "21.25"
    var t2 = "-0.50"

    init(_ firmware: String) {
        banner = Self.banners[firmware] ?? firmware
        decimals = firmware >= "2" ? 3 : firmware >= "1.4" ? 2 : 0
        hasScan = firmware >= "1.3"
        q1 = level("0")
        q2 = level("0")
    }

    mutating func answer(_ request: String) -> ScriptedTerminal.Answer {
        let words = request.split(separator: " ").map(String.init)
        switch words.first {
        case "VER": return line(banner)
        case "SCAN" where hasScan: return line([t1, t2, q1, q2].joined(separator: "\r\n"))
        case "T1": return line(t1)
        case "T2": return line(t2)
        case "Q1":
            q1 = level(words[1])
            return line(q1)
        case "Q2":
            q2 = level(words[1])
            return line(q2)
        case "X":
            q1 = level("0")
            q2 = level("0")
            return line(decimals > 0 ? "Stop" : "X")
        default: return line(request)
        }
    }

    /// The level in the format of the firmware.
    private func level(_ text: String) -> String {
        let parts = text.split(separator: ".").map(String.init)
        guard decimals > 0 else { return parts[0] }
        let fraction = (parts.count > 1 ? parts[1] : "") + "000"
        return parts[0] + "." + fraction.prefix(decimals)
    }

    private func line(_ text: String) -> ScriptedTerminal.Answer {
        ScriptedTerminal.Answer(text: text + "\r\n")
    }
}

extension ScriptedTerminal {
    /// A terminal with a board behind it that behaves.
    convenience init(board firmware: String) {
        var board = FakeBoard(firmware)
        self.init { board.answer($0) }
    }
}
