/// The constants of the MCAP container, version 0 (https://mcap.dev/spec), and the limits this
/// module sets on what it reads and writes.
///
/// A file is magic, records, magic. A record is an opcode, a 64-bit length and as many bytes;
/// integers are little-endian, strings and maps carry a 32-bit length in bytes.
enum MCAPFormat {
    static let magic: [UInt8] = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A]
    /// Opcode and length before the content of every record.
    static let recordHeaderBytes = 9
    /// Header of a footer record, its content and the closing magic.
    static let footerContentBytes = 20

    /// Longest record accepted: a model file as attachment is the largest thing written here.
    static let maxRecordBytes: UInt64 = 256 << 20
    /// Longest text in a metadata record; a longer one is cut.
    static let maxTextBytes = 4 << 20
}
