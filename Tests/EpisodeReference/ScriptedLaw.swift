package import Episodes

/// Plays commands from a list, whatever it measures.
package struct ScriptedLaw: LaneLaw {
    private let commands: [Lanes]
    private var next = 0

    /// - Parameter commands: one a sample, parts of the command's range.
    package init(_ commands: [Lanes]) {
        self.commands = commands
    }

    package mutating func start(output: Lanes, command: Lanes) { next = 0 }

    package mutating func command(setpoint: Lanes, measurement: Lanes) -> Lanes {
        next += 1
        return commands[next - 1]
    }
}
