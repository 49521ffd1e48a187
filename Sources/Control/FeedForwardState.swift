/// What a feed-forward does in a tick. Raw values are stable: records carry them.
public enum FeedForwardState: UInt8, BitwiseCopyable, Sendable {
    /// The loop has none.
    case off = 0
    /// It follows its sensor.
    case acts = 1
    /// Its sensor says nothing plausible: it holds what it added last.
    case holds = 2
    /// The same, and what it adds goes to nothing at its rate.
    case fades = 3
    /// Its sensor is back: it goes to what it should add at the same rate.
    case returns = 4
}
