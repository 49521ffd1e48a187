/// A line of text in a record about the record itself.
package struct RecordNote: Equatable, Sendable {
    /// On the loop's clock.
    package var timeNanoseconds: UInt64
    package var text: String

    package init(timeNanoseconds: UInt64, text: String) {
        self.timeNanoseconds = timeNanoseconds
        self.text = text
    }
}
