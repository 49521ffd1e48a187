/// The parity of a serial line; raw values are the user's words.
package enum SerialParity: String, Sendable {
    case none
    case even
    case odd
}
