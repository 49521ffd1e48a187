/// One curve of a panel. Its values belong to the figure's times, index by index; a value that is
/// not a number, or beyond 1e15, is missing and breaks the curve.
package struct Series: Equatable, Sendable {
    /// How the values are joined.
    package enum Stroke: Equatable, Sendable {
        /// Straight from sample to sample: what was measured.
        case line
        /// Held until the next sample: what was commanded.
        case step
        /// Held and dashed: what was asked for.
        case dashed
        /// A filled area between these values and the series' own.
        case band(lower: [Double])
    }

    package var label: String
    package var values: [Double]
    package var stroke: Stroke
    package var ink: Ink

    package init(_ label: String, _ values: [Double], stroke: Stroke = .line, ink: Ink) {
        self.label = label
        self.values = values
        self.stroke = stroke
        self.ink = ink
    }
}
