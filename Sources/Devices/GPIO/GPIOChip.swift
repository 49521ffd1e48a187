/// A GPIO controller.
package struct GPIOChip: Equatable, Sendable {
    package var name: String
    package var label: String
    package var lineCount: UInt32

    package init(name: String, label: String, lineCount: UInt32) {
        self.name = name
        self.label = label
        self.lineCount = lineCount
    }
}
