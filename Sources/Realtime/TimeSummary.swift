/// The figures of a distribution of times, in nanoseconds.
package struct TimeSummary: Equatable, Sendable, Codable {
    package var leastNanoseconds: UInt64
    package var medianNanoseconds: UInt64
    package var p99Nanoseconds: UInt64
    package var p999Nanoseconds: UInt64
    package var greatestNanoseconds: UInt64

    package init(
        leastNanoseconds: UInt64, medianNanoseconds: UInt64, p99Nanoseconds: UInt64,
        p999Nanoseconds: UInt64, greatestNanoseconds: UInt64
    ) {
        self.leastNanoseconds = leastNanoseconds
        self.medianNanoseconds = medianNanoseconds
        self.p99Nanoseconds = p99Nanoseconds
        self.p999Nanoseconds = p999Nanoseconds
        self.greatestNanoseconds = greatestNanoseconds
    }

    private enum CodingKeys: String, CodingKey {
        case leastNanoseconds = "min_ns"
        case medianNanoseconds = "p50_ns"
        case p99Nanoseconds = "p99_ns"
        case p999Nanoseconds = "p99_9_ns"
        case greatestNanoseconds = "max_ns"
    }
}
