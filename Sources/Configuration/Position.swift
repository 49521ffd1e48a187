/// A place in a configuration file: line and column from 1, columns in Unicode code points.
package struct Position: Equatable, Comparable, Sendable {
    package var line: Int
    package var column: Int

    /// The first character of a file: the place of what is missing at the top level.
    package static var start: Position { Position(line: 1, column: 1) }

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: Position, right: Position) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
