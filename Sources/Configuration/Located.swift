/// A value and the place where the user wrote it, for what only a later check can judge.
package struct Located<Value: Equatable & Sendable>: Equatable, Sendable {
    package var value: Value
    package var position: Position

    package init(_ value: Value, _ position: Position) {
        self.value = value
        self.position = position
    }
}
