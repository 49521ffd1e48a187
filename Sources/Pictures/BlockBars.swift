/// The shape of a histogram on one line: a character for each bucket.
///
/// Heights are logarithms, doubled counts being equally far apart, so that one late tick among a
/// million still has its bar; they say where counts lie, not how many.
package enum BlockBars {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// An empty bucket is a blank, any other at least the lowest block; the greatest is the highest.
    package static func text(_ counts: [UInt64]) -> String {
        // Binary digits: 64 for the greatest count there is, 0 for none.
        let digits = counts.map { 64 - $0.leadingZeroBitCount }
        guard let most = digits.max(), most > 0 else {
            return String(repeating: " ", count: counts.count)
        }
        return String(
            digits.map { digits -> Character in
                guard digits > 0 else { return " " }
                guard most > 1 else { return blocks[blocks.count - 1] }
                return blocks[(digits - 1) * (blocks.count - 1) / (most - 1)]
            })
    }
}
