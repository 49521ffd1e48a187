/// One reading of a sensor behind files, or why there is none.
package enum FileMeasurement: Equatable, Sendable {
    /// In the unit of the source: C, mV, rpm.
    case value(Double)
    /// There was an answer, and it is none.
    case malformed
    /// The sensor does not answer; its files are there.
    case silent
}
