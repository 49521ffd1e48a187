/// Why a device that could be opened is not driven as a TCLab.
package enum TCLabRefusal: Error, Equatable, Sendable {
    /// Nothing that answers `VER` within the time that a board needs to start.
    case silent
    /// It answers, but not as a TCLab.
    case foreign(ProtocolLine)
    /// Firmware 0.03: it takes `VER` for an unknown command and sleeps, and its heater levels are
    /// pulse widths.
    case sleeps
    /// Firmware before 1.1: another protocol.
    case tooOld(ProtocolLine)
    /// It repeats its answers without end, as published 1.4.0 does, so that no answer can be
    /// told from the one before.
    case floods(TCLabFirmware)

    /// Whether it is known what is there. Silence and noise may be the wrong speed, or a board that
    /// starts.
    package var isFinal: Bool {
        switch self {
        case .silent, .foreign: false
        case .sleeps, .tooOld, .floods: true
        }
    }
}

extension TCLabRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .silent:
            "nothing answers VER: no TCLab, or it hangs"
        case .foreign(let line):
            "not a TCLab: VER was answered with \"\(line.text)\""
        case .sleeps:
            "firmware 0.03 (VER was answered with \"Stop\"): 1.1 or later is needed"
        case .tooOld(let line):
            "\"\(line.text)\" is too old: 1.1 or later is needed"
        case .floods(let firmware):
            "firmware \(firmware.text) repeats its answers without end: 1.4.1 or later is needed"
        }
    }
}
