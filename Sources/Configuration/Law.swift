/// Which law a loop asks for. Raw values are the words of the configuration.
package enum Law: String, CaseIterable, Sendable {
    case learned
    case pid
}
