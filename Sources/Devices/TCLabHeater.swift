/// A heater of a TCLab; the raw value is its name in a configuration.
package enum TCLabHeater: String, CaseIterable, Sendable, BitwiseCopyable {
    case q1 = "Q1"
    case q2 = "Q2"
}
