/// Which of two registers is at the lower address; raw values are the user's words.
package enum WordOrder: String, CaseIterable, Sendable {
    case highFirst = "high-first"
    case lowFirst = "low-first"
}
