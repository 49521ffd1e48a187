/// A place where the bytes of a record are not what was written.
package struct RecordDamage: Equatable, Sendable, CustomStringConvertible {
    package enum Cause: String, Error {
        case chunkChecksum = "the checksum of a chunk does not match its ticks"
        case attachmentChecksum = "the checksum of an attachment does not match"
        case fileChecksum = "the checksum of the whole file does not match"
        case indexChecksum = "the checksum of the index at the end does not match"
        case malformed = "a record is not of its type's form"
        case unknownRecord = "no record of a known type begins here"
        case tooLong = "a record is longer than any this program writes"
        case missingTicks = "ticks are missing in between"
        case foreign = "the head is not of this program and version, or was altered"
    }

    package var cause: Cause
    /// Offset in the file of the record concerned.
    package var position: UInt64

    package init(cause: Cause, position: UInt64) {
        self.cause = cause
        self.position = position
    }

    package var description: String {
        "\(cause.rawValue), at byte \(position)"
    }
}
