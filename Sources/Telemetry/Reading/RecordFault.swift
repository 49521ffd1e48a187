/// Why a file cannot be read as a record at all.
package enum RecordFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The first bytes are not those of an MCAP file.
    case notARecord
    case io(IOFault)

    package var description: String {
        switch self {
        case .notARecord: "not a record: the file does not begin as an MCAP file"
        case .io(let fault): fault.description
        }
    }
}
