/// How lines are requested.
package struct GPIOOptions: Equatable, Hashable, Sendable {
    package enum Direction: Equatable, Hashable, Sendable {
        case input
        case output
        /// Inputs whose changes to active the kernel keeps.
        case rising
        /// Inputs whose changes the kernel keeps, all of them.
        case edges
    }

    /// The resistor inside the chip; raw values are what a configuration says.
    package enum Bias: String, CaseIterable, Sendable {
        case asIs = "as-is"
        case disabled
        case pullUp = "pull-up"
        case pullDown = "pull-down"
    }

    /// How an output drives; raw values are what a configuration says.
    package enum Drive: String, CaseIterable, Sendable {
        case pushPull = "push-pull"
        case openDrain = "open-drain"
        case openSource = "open-source"
    }

    package var direction: Direction
    /// Whether the line is active when its voltage is low.
    package var isActiveLow: Bool
    package var bias: Bias
    package var drive: Drive

    package init(
        _ direction: Direction, isActiveLow: Bool = false, bias: Bias = .asIs,
        drive: Drive = .pushPull
    ) {
        self.direction = direction
        self.isActiveLow = isActiveLow
        self.bias = bias
        self.drive = drive
    }
}
