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

    /// The resistor inside the chip.
    package enum Bias: Equatable, Hashable, Sendable {
        case asIs
        case disabled
        case pullUp
        case pullDown
    }

    /// How an output drives.
    package enum Drive: Equatable, Hashable, Sendable {
        case pushPull
        case openDrain
        case openSource
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
