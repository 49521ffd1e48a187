/// A change of a line.
package struct GPIOEdge: Equatable, Sendable {
    /// CLOCK_MONOTONIC, by the kernel, when it happened.
    package var timeNanoseconds: UInt64
    /// Place of the line in its request.
    package var line: Int
    /// To active; with `isActiveLow` that is a fall of the voltage.
    package var isRising: Bool

    package init(timeNanoseconds: UInt64, line: Int = 0, isRising: Bool = true) {
        self.timeNanoseconds = timeNanoseconds
        self.line = line
        self.isRising = isRising
    }
}
