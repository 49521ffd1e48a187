package import Control

/// One message of a record.
package enum RecordItem: Equatable, Sendable {
    case tick(TickRecord)
    case note(RecordNote)
}
