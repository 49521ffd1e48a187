/// How a configuration names a line: by the name that the board gives it (`GPIO17`), or by chip and
/// offset (`gpiochip0:17`).
package enum GPIOAddress: Equatable, Sendable {
    case named(String)
    case at(chip: String, offset: UInt32)

    /// More lines than any chip has.
    private static let offsetLimit: UInt32 = 65_535

    /// `nil` when the text is no address.
    package init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, text.hasPrefix("gpiochip") else {
            self = .named(text)
            return
        }
        guard let offset = UInt32(parts[1]), offset <= Self.offsetLimit, !parts[0].contains("/")
        else { return nil }
        self = .at(chip: String(parts[0]), offset: offset)
    }

    package var text: String {
        switch self {
        case .named(let name): name
        case .at(let chip, let offset): "\(chip):\(offset)"
        }
    }

    /// Where the line is: a name is looked for on every chip, and must be on one.
    func resolve(_ calls: some GPIOCalls) throws(BoardFault) -> (chip: String, offset: UInt32) {
        switch self {
        case .at(let chip, let offset): return (chip, offset)
        case .named(let name):
            var found: [(chip: String, offset: UInt32)] = []
            do throws(CallFault) {
                for chip in try calls.chips() {
                    for offset in 0..<(try calls.chip(chip).lineCount)
                    where try calls.line(chip, offset: offset).name == name {
                        found.append((chip, offset))
                    }
                }
            } catch {
                throw BoardFault(name, error)
            }
            guard let first = found.first else { throw .notFound(name) }
            guard found.count == 1 else { throw .ambiguous(name) }
            return first
        }
    }
}
