import FoundationEssentials

/// Between the messages of the control socket and their lines.
package enum ControlCoding {
    package static func line(_ message: some Encodable) throws(SocketFault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            // Without pretty printing there is no newline in it.
            return [UInt8](try encoder.encode(message))
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// The request on a line, or what is wrong with it, in one sentence.
    package static func request(_ line: [UInt8]) throws(SocketFault) -> ControlRequest {
        try message(line)
    }

    package static func answer(_ line: [UInt8]) throws(SocketFault) -> ControlAnswer {
        try message(line)
    }

    private static func message<Message: Decodable>(
        _ line: [UInt8]
    ) throws(SocketFault) -> Message {
        do {
            return try JSONDecoder().decode(Message.self, from: Data(line))
        } catch let error as DecodingError {
            throw .malformed(text(error))
        } catch {
            throw .malformed("not JSON")
        }
    }

    private static func text(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): return "the key \"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(path(context)): a value of another type is wanted"
        case .dataCorrupted(let context):
            let place = path(context)
            return place.isEmpty
                ? context.debugDescription : "\(place): \(context.debugDescription)"
        @unknown default: return "not a message of this protocol"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }
}
