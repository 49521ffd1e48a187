/// An output line of a board: what drives it, where it is and how it switches.
package final class GPIOOutput {
    package let channel: OutputChannel
    let address: GPIOAddress
    let options: GPIOOptions
    private var proportion: TimeProportion?

    /// - Parameter proportion: switches on for a part of each window; without it the line is on from
    ///   the middle of the range upwards.
    package init(
        _ channel: OutputChannel, at address: GPIOAddress, _ options: GPIOOptions,
        proportion: TimeProportion? = nil
    ) {
        self.channel = channel
        self.address = address
        self.options = options
        self.proportion = proportion
    }

    /// What the line is at request, at release and in a crash.
    var isOnWhenSafe: Bool { channel.safeFraction >= 0.5 }

    /// Whether the line is to be on now.
    func step(nowNanoseconds now: UInt64) -> Bool {
        let fraction = channel.due(nowNanoseconds: now)
        guard !channel.isExpired else {
            proportion?.force(isOnWhenSafe, nowNanoseconds: now)
            return isOnWhenSafe
        }
        return proportion?.step(fraction: fraction, nowNanoseconds: now) ?? (fraction >= 0.5)
    }

    /// When it has to be looked at again, if no command comes.
    var nextChangeNanoseconds: UInt64 { proportion?.nextChangeNanoseconds ?? .max }
}
