/// What ends a line of text; raw values are the user's words.
package enum SerialTerminator: String, CaseIterable, Sendable {
    case lf
    case crlf
    case cr
}
