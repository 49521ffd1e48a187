/// What only sensors of a board have: how what was measured becomes a reading, and how a line is
/// read.
package struct InputSettings: Equatable, Sendable {
    /// A reading is what was measured times `scale`, plus `offset`.
    package var scale: Double
    package var offset: Double
    /// Nil for sensors that are no GPIO lines.
    package var line: LineInputSettings?
    /// Nil for sensors that are not asked by a line of text.
    package var exchange: ExchangeSettings?
    /// Nil for sensors that are not on a Modbus.
    package var register: RegisterSettings?
}
