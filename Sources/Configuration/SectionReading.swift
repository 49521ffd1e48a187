/// The checked values of one table. A key whose value was refused is absent.
struct SectionReading {
    /// The value of a key is absent; the reason is among the problems.
    struct Absent: Error {}

    let section: Section
    let position: Position
    private(set) var values: [String: Located<OptionValue>] = [:]

    init(_ section: Section, at position: Position) {
        self.section = section
        self.position = position
    }

    mutating func set(_ key: String, _ value: OptionValue, at position: Position) {
        values[key] = Located(value, position)
    }

    /// Where a key's value stands, or the table when it is absent.
    func position(_ key: String) -> Position {
        values[key]?.position ?? position
    }

    func text(_ key: String) throws(Absent) -> String {
        guard case .text(let text) = values[key]?.value else { throw Absent() }
        return text
    }

    func locatedText(_ key: String) throws(Absent) -> Located<String> {
        Located(try text(key), position(key))
    }

    func integer(_ key: String) throws(Absent) -> Int {
        guard case .integer(let integer) = values[key]?.value else { throw Absent() }
        return integer
    }

    func boolean(_ key: String) throws(Absent) -> Bool {
        guard case .boolean(let flag) = values[key]?.value else { throw Absent() }
        return flag
    }

    /// The number of a number or of a quantity.
    func number(_ key: String) throws(Absent) -> Double {
        switch values[key]?.value {
        case .number(let number), .quantity(let number, _): return number
        default: throw Absent()
        }
    }

    /// The value as TOML writes it, for a message.
    func literal(_ key: String) -> String {
        values[key]?.value.literal ?? "nothing"
    }

    func range(_ key: String) throws(Absent) -> (low: Double, high: Double) {
        guard case .range(let low, let high) = values[key]?.value else { throw Absent() }
        return (low, high)
    }

    /// The number of a quantity, if it was given in this unit.
    func number(_ key: String, in unit: Unit) -> Double? {
        guard case .quantity(let number, unit) = values[key]?.value else { return nil }
        return number
    }

    func parameters(_ key: String) -> [PlantParameter] {
        guard case .numbers(let parameters) = values[key]?.value else { return [] }
        return parameters
    }

    func unit(_ key: String) throws(Absent) -> Unit {
        guard let unit = Unit(try text(key)) else { throw Absent() }
        return unit
    }

    func word<Word: RawRepresentable<String>>(_ key: String) throws(Absent) -> Word {
        guard let word = Word(rawValue: try text(key)) else { throw Absent() }
        return word
    }
}
