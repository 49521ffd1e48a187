/// A temperature of a TCLab; the raw value is its name in a configuration.
package enum TCLabTemperature: String, CaseIterable, Sendable, BitwiseCopyable {
    case t1 = "T1"
    case t2 = "T2"
}
