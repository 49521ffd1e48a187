/// The keys and values of one TOML table, in alphabetical order.
package struct TOMLTable: Equatable, Sendable {
    package var entries: [TOMLEntry]

    package init(entries: [TOMLEntry] = []) {
        self.entries = entries
    }

    /// - Complexity: linear in the number of entries.
    package subscript(key: String) -> TOMLEntry? {
        entries.first { $0.key == key }
    }

    /// The text of a key, where the key exists and is one.
    func text(_ key: String) -> String? {
        self[key]?.node.text
    }
}
