/// A file carried whole inside a record: the configuration, a model.
package struct RecordAttachment: Equatable, Sendable {
    package var name: String
    /// For example `application/toml` or `application/octet-stream`.
    package var mediaType: String
    package var bytes: [UInt8]

    package init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
