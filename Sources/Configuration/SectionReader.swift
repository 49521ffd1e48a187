/// Reads one table against the options of its section, and says everything that is wrong with it.
struct SectionReader {
    let section: Section
    let table: TOMLTable
    let position: Position
    let context: ReadingContext

    func read(into problems: inout ProblemList) -> SectionReading {
        var reading = SectionReading(section, at: position)
        let children = section.name.children.map(\.key)
        for entry in table.entries where !children.contains(entry.key) && !problems.isFull {
            check(entry, children, into: &problems)
        }
        for option in section.options where isActive(option) == true {
            if let entry = table[option.key] {
                read(option, entry, into: &reading, &problems)
            } else {
                apply(option.presence, of: option, to: &reading, &problems)
            }
        }
        return reading
    }

    private func read(
        _ option: OptionEntry, _ entry: TOMLEntry, into reading: inout SectionReading,
        _ problems: inout ProblemList
    ) {
        do throws(Refusal) {
            let value = try ValueReader(option: option, context: context).read(entry.node)
            reading.set(option.key, value, at: entry.node.position)
        } catch {
            problems.add(
                entry.node.position, section.path(option.key), error.found, error.allowed,
                suggestion: error.suggestion)
        }
    }

    private func apply(
        _ presence: OptionEntry.Presence, of option: OptionEntry, to reading: inout SectionReading,
        _ problems: inout ProblemList
    ) {
        switch presence {
        case .defaulted(let value): reading.set(option.key, value, at: position)
        case .optional: break
        case .mandatory:
            let allowed = ValueReader(option: option, context: context).allowed
            problems.add(position, section.path(option.key), "missing", allowed)
        }
    }

    /// Refuses keys that this section does not have, or not here.
    private func check(
        _ entry: TOMLEntry, _ children: [String], into problems: inout ProblemList
    ) {
        let options = section.options.filter { $0.key == entry.key }
        let path = section.path(Wording.shortened(entry.key))
        guard let first = options.first else {
            let known = knownKeys + children
            problems.add(
                entry.keyPosition, path, "unknown key", "known here are \(Wording.list(known))",
                suggestion: Nearest.word(to: entry.key, among: known))
            return
        }
        guard options.allSatisfy({ isActive($0) == false }), let condition = first.condition,
            let value = discriminator(condition.key)
        else { return }
        let values = options.flatMap { $0.condition?.values ?? [] }
        problems.add(
            entry.keyPosition, path, "not used with \(condition.key) \"\(value)\"",
            "it belongs to \(Wording.choice(values))")
    }

    /// The keys that exist here, each once.
    private var knownKeys: [String] {
        var keys: [String] = []
        for option in section.options where isActive(option) != false {
            if !keys.contains(option.key) { keys.append(option.key) }
        }
        return keys
    }

    /// Whether the option exists in this table; nil when what decides it is missing or wrong.
    private func isActive(_ option: OptionEntry) -> Bool? {
        guard let condition = option.condition else { return true }
        return discriminator(condition.key).map { condition.values.contains($0) }
    }

    /// The value on which other options depend, if it is one that is known.
    private func discriminator(_ key: String) -> String? {
        let own = section.options.first { $0.key == key }
        guard case .choice(let words) = own?.kind else {
            return context.driver.flatMap { OptionTable.drivers.contains($0) ? $0 : nil }
        }
        return table.text(key).flatMap { words.contains($0) ? $0 : nil }
    }
}
