/// Takes a level only after it has stood for a while: what shorter bounces say is not believed.
package struct LevelFilter: Sendable {
    private let debounceNanoseconds: UInt64
    private var level: Bool?
    private var candidate = false
    private var sinceNanoseconds: UInt64 = 0

    package init(debounceNanoseconds: UInt64) { self.debounceNanoseconds = debounceNanoseconds }

    /// The level that is believed; `nil` until the first has stood long enough.
    package mutating func update(_ seen: Bool, nowNanoseconds now: UInt64) -> Bool? {
        if seen != candidate || sinceNanoseconds == 0 {
            candidate = seen
            sinceNanoseconds = now
        }
        if now - sinceNanoseconds >= debounceNanoseconds { level = candidate }
        return level
    }
}
