import Realtime
import Testing

@Suite("Tick statistics")
struct TickStatisticsTests {
    /// The histogram keeps three significant digits.
    static let relativeTolerance = 0.001

    @Test("percentiles of a known distribution come out to three digits, the ends exactly")
    func percentiles() throws {
        var distribution = TimeDistribution()
        for value in 1...10_000 as ClosedRange<UInt64> { distribution.record(value * 1000) }
        let summary = try #require(distribution.summary)
        #expect(summary.leastNanoseconds == 1000)
        #expect(summary.greatestNanoseconds == 10_000_000)
        let expected: [(UInt64, Double)] = [
            (summary.medianNanoseconds, 5_000_000), (summary.p99Nanoseconds, 9_900_000),
            (summary.p999Nanoseconds, 9_990_000),
        ]
        for (found, exact) in expected {
            let relativeError = abs(Double(found) - exact) / exact
            #expect(relativeError <= Self.relativeTolerance)
        }
    }

    @Test("a tick that ends after the next deadline is an overrun")
    func overruns() {
        var statistics = TickStatistics(periodNanoseconds: 1000)
        statistics.record(latenessNanoseconds: 400, stepNanoseconds: 600, missedPeriods: 0)
        #expect(statistics.overruns == 0)
        statistics.record(latenessNanoseconds: 401, stepNanoseconds: 600, missedPeriods: 2)
        statistics.record(latenessNanoseconds: .max, stepNanoseconds: 1, missedPeriods: .max)
        #expect(statistics.overruns == 2)
        #expect(statistics.ticks == 3)
        #expect(statistics.missedPeriods == .max)
    }

    @Test("times beyond the histogram's range are kept exactly as the greatest")
    func beyondRange() throws {
        var distribution = TimeDistribution()
        distribution.record(0)
        distribution.record(.max)
        let summary = try #require(distribution.summary)
        #expect(summary.leastNanoseconds == 0)
        #expect(summary.medianNanoseconds == 0)
        #expect(summary.greatestNanoseconds == .max)
    }

    @Test("the table shows the figures in microseconds, aligned")
    func table() {
        var statistics = TickStatistics(periodNanoseconds: 1_000_000)
        statistics.record(latenessNanoseconds: 1500, stepNanoseconds: 250_000, missedPeriods: 1)
        let expected = """
            ticks 1, overruns 0, missed periods 1
            us                 min           p50           p99         p99.9           max
            lateness           1.5           1.5           1.5           1.5           1.5
            step             250.0         250.0         250.0         250.0         250.0

            """
        #expect(statistics.table == expected)
    }

    @Test("before the first tick there are counts and no figures")
    func empty() {
        let statistics = TickStatistics(periodNanoseconds: 1000)
        #expect(statistics.lateness.summary == nil)
        #expect(statistics.table == "ticks 0, overruns 0, missed periods 0\n")
    }

    @Test("a tick that computes for longer than the budget is counted, be it punctual or not")
    func budget() {
        var statistics = TickStatistics(periodNanoseconds: 1000, budgetNanoseconds: 200)
        statistics.record(latenessNanoseconds: 0, stepNanoseconds: 200, missedPeriods: 0)
        #expect(statistics.overBudget == 0)
        statistics.record(latenessNanoseconds: 0, stepNanoseconds: 201, missedPeriods: 0)
        #expect(statistics.overBudget == 1)
        #expect(statistics.overruns == 0)
        let first = "ticks 2, overruns 0, missed periods 0, over budget 1\n"
        #expect(statistics.table.hasPrefix(first))
    }

    @Test("the buckets are the powers of two from the first value to the last, none lost")
    func buckets() {
        var distribution = TimeDistribution()
        #expect(distribution.buckets == [])
        for value in [4, 7, 8, 33, .max] as [UInt64] { distribution.record(value) }
        let buckets = distribution.buckets
        let filled = buckets.filter { $0.count > 0 }
        #expect(filled.map(\.belowNanoseconds) == [8, 16, 64, .max])
        #expect(filled.map(\.count) == [2, 1, 1, 1])
        #expect(buckets.first?.belowNanoseconds == 8 && buckets.count == 62)
    }

    @Test("a snapshot has the counts, both distributions and the page faults")
    func snapshot() {
        var statistics = TickStatistics(periodNanoseconds: 1000)
        statistics.record(latenessNanoseconds: 3, stepNanoseconds: 900, missedPeriods: 2)
        let snapshot = statistics.snapshot(pageFaults: PageFaults(minor: 1, major: 0))
        #expect(snapshot.ticks == 1 && snapshot.missedPeriods == 2 && snapshot.overBudget == 0)
        #expect(snapshot.budgetNanoseconds == 1000)
        #expect(snapshot.lateness?.greatestNanoseconds == 3)
        #expect(snapshot.step?.greatestNanoseconds == 900)
        #expect(snapshot.latenessBuckets.map(\.belowNanoseconds) == [4])
        #expect(snapshot.pageFaults == PageFaults(minor: 1, major: 0))
    }
}
