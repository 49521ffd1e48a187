/// What to wait for on a serial line.
package enum TerminalInterest: Sendable {
    case readable
    case writable
}
