/// A number and how far the truth may lie from it on either side, with 95 % confidence.
package struct Interval: Equatable, Sendable {
    package let value: Double
    /// Half the width, in the unit of the value.
    package let margin: Double

    package var range: ClosedRange<Double> { (value - margin)...(value + margin) }
}
