/// Where the learned law comes from.
package struct LearnedSettings: Equatable, Sendable {
    /// The word that means weights written down from the PID's gains.
    package static let fromPID = "from-pid"

    /// `from-pid`, or a model file as written; `Settings.resolve` makes it a path to open.
    package var model: Located<String>

    /// State file of `flyball tune`, as written: the process that a model for all kinds is told of.
    package var process: Located<String>?

    /// The law may run although its certificate is missing or does not hold.
    package var allowsUncertified = false

    /// Whether the weights are written down from the gains, so that no file is read.
    package var isFromPID: Bool { model.value == Self.fromPID }
}
