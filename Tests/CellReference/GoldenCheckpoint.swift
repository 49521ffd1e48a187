/// The checksum of all states up to a step.
public struct GoldenCheckpoint: Decodable, Equatable, Sendable {
    public let steps: Int
    public let crc32: UInt32
}
