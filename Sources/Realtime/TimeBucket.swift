/// How many times of a distribution lie between two powers of two of nanoseconds.
package struct TimeBucket: Equatable, Sendable, Codable {
    /// Times in the bucket are shorter than this and, but for the first bucket, at least half of it.
    package var belowNanoseconds: UInt64
    package var count: UInt64

    private enum CodingKeys: String, CodingKey {
        case belowNanoseconds = "below_ns"
        case count
    }
}
