/// A key of a TOML table, its place and its value.
package struct TOMLEntry: Equatable, Sendable {
    package var key: String
    package var keyPosition: Position
    package var node: TOMLNode

    package init(key: String, keyPosition: Position, node: TOMLNode) {
        self.key = key
        self.keyPosition = keyPosition
        self.node = node
    }
}
