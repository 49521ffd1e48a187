/// Checks one value against the kind of its option.
struct ValueReader {
    /// Parameters of a plant at most.
    private static let parameterLimit = 64
    private static let pathLimit = 1024
    private static let nameLimit = 32
    private static let labelLimit = 64

    let option: OptionEntry
    let context: ReadingContext

    func read(_ node: TOMLNode) throws(Refusal) -> OptionValue {
        switch option.kind {
        case .name: .text(try name(node))
        case .path: .text(try path(node))
        case .label: .text(try label(node))
        case .message(let counts): .text(try message(node, counts))
        case .oneOf(let numbers): .integer(try integer(node, among: numbers))
        case .choice(let words): .text(try word(node, words))
        case .reference(let section): .text(try word(node, context.index.names(section)))
        case .unit: .text(try unit(node))
        case .integer(let range): .integer(try integer(node, range))
        case .number(let range): .number(try number(node, range))
        case .boolean: .boolean(try boolean(node))
        case .quantity(let relation, let bounds): try quantity(node, relation, bounds)
        case .range(let relation): try range(node, relation)
        case .numbers: .numbers(try numbers(node))
        }
    }

    /// What is allowed here, with the units and names of this file.
    var allowed: String {
        switch option.kind {
        case .name: "allowed are 1 to 32 of a-z, 0-9 and -"
        case .path: "allowed is a text of 1 to 1024 bytes"
        case .label: "allowed are 1 to 64 visible ASCII characters but /"
        case .message, .oneOf: "allowed are \(option.kind.allowed)"
        case .choice(let words): "allowed is \(Wording.choice(words))"
        case .reference(let section): allowedNames(section)
        case .unit: "allowed are 1 to 16 letters, %, °, / and digits behind ^, as in \"C\""
        case .integer(let range) where range.count == 1: "allowed is \(option.kind.allowed)"
        case .integer: "allowed is an integer from \(option.kind.allowed)"
        case .number: "allowed is a number from \(option.kind.allowed)"
        case .boolean: "allowed is true or false"
        case .quantity(let relation, let bounds): allowedQuantity(relation, bounds)
        case .range(let relation):
            "allowed is [low, high]\(unitWords(relation)), as in \(exampleRange(relation))"
        case .numbers: "allowed is a table of numbers, as in \(option.example)"
        }
    }

    private func refusal(_ found: String, suggestion: String? = nil) -> Refusal {
        Refusal(found: "found \(found)", allowed: allowed, suggestion: suggestion)
    }

    private func text(_ node: TOMLNode) throws(Refusal) -> String {
        guard let text = node.text else { throw refusal(node.summary) }
        return text
    }

    private func name(_ node: TOMLNode) throws(Refusal) -> String {
        let name = try text(node)
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard isName, (1...Self.nameLimit).contains(name.utf8.count) else {
            throw refusal(Wording.quoted(name))
        }
        return name
    }

    private func path(_ node: TOMLNode) throws(Refusal) -> String {
        let path = try text(node)
        guard (1...Self.pathLimit).contains(path.utf8.count), !path.utf8.contains(0) else {
            throw refusal(Wording.quoted(path))
        }
        return path
    }

    /// Without a slash: it becomes a part of a path.
    private func label(_ node: TOMLNode) throws(Refusal) -> String {
        let label = try text(node)
        let isVisible = label.utf8.allSatisfy {
            (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) && $0 != UInt8(ascii: "/")
        }
        guard isVisible, (1...Self.labelLimit).contains(label.utf8.count) else {
            throw refusal(Wording.quoted(label))
        }
        return label
    }

    private func message(_ node: TOMLNode, _ counts: ClosedRange<Int>) throws(Refusal) -> String {
        let message = try text(node)
        let isPrintable = message.utf8.allSatisfy {
            (UInt8(ascii: " ")...UInt8(ascii: "~")).contains($0)
        }
        guard isPrintable, counts.contains(message.utf8.count) else {
            throw refusal(Wording.quoted(message))
        }
        return message
    }

    private func integer(_ node: TOMLNode, among numbers: [Int]) throws(Refusal) -> Int {
        guard case .integer(let integer) = node.value else { throw refusal(node.summary) }
        guard numbers.contains(integer) else { throw refusal("\(integer)") }
        return integer
    }

    private func word(_ node: TOMLNode, _ words: [String]) throws(Refusal) -> String {
        let word = try text(node)
        guard words.contains(word) else {
            throw refusal(Wording.quoted(word), suggestion: Nearest.word(to: word, among: words))
        }
        return word
    }

    private func unit(_ node: TOMLNode) throws(Refusal) -> String {
        let unit = try text(node)
        guard Unit(unit) != nil else { throw refusal(Wording.quoted(unit)) }
        return unit
    }

    private func integer(_ node: TOMLNode, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
        guard case .integer(let integer) = node.value else { throw refusal(node.summary) }
        guard range.contains(integer) else { throw refusal("\(integer)") }
        return integer
    }

    private func number(_ node: TOMLNode, _ range: ClosedRange<Double>) throws(Refusal) -> Double {
        let number = try number(node)
        guard range.contains(number) else { throw refusal(Wording.number(number)) }
        return number
    }

    /// An integer serves where a number is wanted.
    private func number(_ node: TOMLNode) throws(Refusal) -> Double {
        switch node.value {
        case .integer(let integer): return Double(integer)
        case .float(let number): return number
        default: throw refusal(node.summary)
        }
    }

    private func boolean(_ node: TOMLNode) throws(Refusal) -> Bool {
        guard case .boolean(let flag) = node.value else { throw refusal(node.summary) }
        return flag
    }

    private func numbers(_ node: TOMLNode) throws(Refusal) -> [PlantParameter] {
        guard case .table(let table) = node.value else { throw refusal(node.summary) }
        guard table.entries.count <= Self.parameterLimit else {
            throw Refusal(
                found: "found \(table.entries.count) keys",
                allowed: "allowed are \(Self.parameterLimit)")
        }
        var parameters: [PlantParameter] = []
        for entry in table.entries {
            let place = "\(Wording.quoted(entry.key)) at line \(entry.keyPosition.line)"
            switch entry.node.value {
            case .integer, .float: break
            default: throw refusal("\(entry.node.summary) for \(place)")
            }
            let value = try number(entry.node)
            guard value.isFinite else { throw refusal("\(value) for \(place)") }
            parameters.append(
                PlantParameter(
                    name: entry.key, value: value, namePosition: entry.keyPosition,
                    position: entry.node.position))
        }
        return parameters
    }
}

// MARK: - Quantities

extension ValueReader {
    private func quantity(_ node: TOMLNode, _ relation: UnitRelation, _ bounds: NumberBounds)
        throws(Refusal) -> OptionValue
    {
        let (number, unit) = try quantity(node, relation)
        guard bounds.contains(number) else {
            throw Refusal(
                found: "found \(found(node))", allowed: "allowed is a number \(bounds.meaning)")
        }
        return .quantity(number, unit)
    }

    /// Two quantities; the width must fit Q16.16 as well, since laws work with differences.
    private func range(_ node: TOMLNode, _ relation: UnitRelation) throws(Refusal) -> OptionValue {
        guard case .array(let nodes) = node.value else { throw refusal(node.summary) }
        guard nodes.count == 2, let first = nodes.first, let last = nodes.last else {
            throw refusal("an array of \(nodes.count)")
        }
        let (low, _) = try quantity(first, relation)
        let (high, _) = try quantity(last, relation)
        let found = "found \(found(first)) and \(found(last))"
        for number in [low, high] where !NumberBounds.any.contains(number) {
            throw Refusal(
                found: found, allowed: "allowed are numbers \(NumberBounds.any.meaning)")
        }
        guard high - low >= 0.001 else {
            throw Refusal(found: found, allowed: "the first must be below the second by 0.001")
        }
        guard high - low < NumberBounds.magnitudeLimit else {
            throw Refusal(found: found, allowed: "they must be less than 32768 apart")
        }
        return .range(low: low, high: high)
    }

    private func quantity(_ node: TOMLNode, _ relation: UnitRelation) throws(Refusal)
        -> (number: Double, unit: Unit)
    {
        let units = context.units(relation)
        guard let text = node.text else {
            throw refusal(node.summary, suggestion: completed(node, units))
        }
        guard let quantity = Quantity(text) else { throw refusal(Wording.quoted(text)) }
        guard !quantity.unitText.isEmpty else {
            throw refusal(
                "\(Wording.quoted(text)) without a unit",
                suggestion: units.first.map { "\(text) \($0.symbol)" })
        }
        guard let unit = Unit(quantity.unitText), units.isEmpty || units.contains(unit) else {
            // Only another spelling is suggested: units are never converted.
            let meant = units.first {
                $0.symbol.lowercased() == quantity.unitText.lowercased()
            }
            throw refusal(
                "the unit \(Wording.quoted(quantity.unitText)) in \(Wording.quoted(text))",
                suggestion: meant.map { "\(Wording.number(quantity.number)) \($0.symbol)" })
        }
        return (quantity.number, unit)
    }

    private func found(_ node: TOMLNode) -> String {
        node.text.map { Wording.quoted($0) } ?? node.summary
    }

    /// A bare number with the unit that it lacks.
    private func completed(_ node: TOMLNode, _ units: [Unit]) -> String? {
        guard let unit = units.first else { return nil }
        return switch node.value {
        case .integer(let integer): "\(integer) \(unit.symbol)"
        case .float(let number) where number.isFinite:
            "\(Wording.number(number)) \(unit.symbol)"
        default: nil
        }
    }

    private func allowedNames(_ section: Section.Name) -> String {
        let names = context.index.names(section)
        guard !names.isEmpty else { return "there is no [[\(section.rawValue)]] with a name" }
        return "allowed is \(Wording.choice(names.prefix(16).map { String($0.prefix(32)) }))"
    }

    private func allowedQuantity(_ relation: UnitRelation, _ bounds: NumberBounds) -> String {
        let example = exampleQuantity(option.example, relation)
        return "allowed is \(bounds.shortMeaning)\(unitWords(relation)), as in \(example)"
    }

    private func unitWords(_ relation: UnitRelation) -> String {
        let symbols = context.units(relation).map(\.symbol)
        return " with the unit \(symbols.isEmpty ? relation.meaning : Wording.choice(symbols))"
    }

    /// The option's example with the unit of this file.
    private func exampleQuantity(_ literal: String, _ relation: UnitRelation) -> String {
        let text = literal.filter { $0 != "\"" }
        guard let unit = context.units(relation).first, let quantity = Quantity(text) else {
            return "\"\(text)\""
        }
        return "\"\(Wording.number(quantity.number)) \(unit.symbol)\""
    }

    private func exampleRange(_ relation: UnitRelation) -> String {
        let parts = option.example.filter { !"[]\"".contains($0) }.split(separator: ",")
        let quantities = parts.map { exampleQuantity(String($0), relation) }
        return "[\(Wording.list(quantities))]"
    }
}
