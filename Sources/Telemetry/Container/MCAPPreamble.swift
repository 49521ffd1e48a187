/// What stands at the head of an MCAP file before its first chunk.
struct MCAPPreamble {
    /// A message type.
    struct Schema: Equatable {
        var identifier: UInt16
        var name: String
        /// A serialised protobuf `FileDescriptorSet`.
        var descriptor: [UInt8]
    }

    /// A stream of messages of one type.
    struct Channel: Equatable {
        var identifier: UInt16
        var schema: UInt16
        var topic: String
        var metadata: [String: String]
    }

    var library: String
    var schemas: [Schema]
    var channels: [Channel]
    var metadataName: String
    var metadata: [String: String]
    var attachments: [RecordAttachment]
    /// Time of the attachments, Unix nanoseconds.
    var time: UInt64
}
