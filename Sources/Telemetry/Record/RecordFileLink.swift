/// Where one file stands in the sequence of files of a run.
package struct RecordFileLink: Equatable, Sendable {
    /// 1 for the first file.
    package var sequence: Int
    /// Name of the file before this one; empty for the first.
    package var previousFile: String

    package init(sequence: Int, previousFile: String) {
        self.sequence = sequence
        self.previousFile = previousFile
    }
}
