/// The figures of a distribution of times, in nanoseconds.
package struct TimeSummary: Equatable, Sendable {
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
}
