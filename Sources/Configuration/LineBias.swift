/// The resistor of a GPIO line inside the chip; raw values are the user's words.
package enum LineBias: String, CaseIterable, Sendable {
    case asIs = "as-is"
    case disabled
    case pullUp = "pull-up"
    case pullDown = "pull-down"
}
