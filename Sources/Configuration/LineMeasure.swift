/// What is measured on a GPIO line; raw values are the user's words.
package enum LineMeasure: String, CaseIterable, Sendable {
    case level
    case frequency
    case period
    case count
    case quadrature
}
