/// A name in one table that stands for another table.
package struct Reference: Equatable, Sendable {
    package var name: String
    /// Index of the table in its array of `Settings`.
    package var index: Int
    package var position: Position
}
