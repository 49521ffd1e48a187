/// How a GPIO output drives; raw values are the user's words.
package enum LineDrive: String, CaseIterable, Sendable {
    case pushPull = "push-pull"
    case openDrain = "open-drain"
    case openSource = "open-source"
}
