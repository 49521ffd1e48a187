/// What the search for limit cycles found.
package struct LimitCycles: Codable, Equatable, Sendable {
    /// Loops that were started.
    package var loops: Int
    /// Those that still swing at the end, and no less than before.
    package var sustained: Int
    /// Largest swing at the end of any loop, from trough to crest, in parts of the span.
    package var worstSwing: Double
    /// Gain and time of the plant that swings most, as factors of nominal.
    package var worstGain: Double
    package var worstTime: Double
}
