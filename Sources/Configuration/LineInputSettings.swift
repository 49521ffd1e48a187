/// How a GPIO line is read.
package struct LineInputSettings: Equatable, Sendable {
    package var measure: LineMeasure
    /// The second line of an encoder.
    package var channelB: Located<String>?
    package var isActiveLow: Bool
    package var bias: LineBias
    package var debounceMicroseconds: Int
    package var idleMilliseconds: Int
}
