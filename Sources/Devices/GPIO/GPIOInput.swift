/// An input line of a board that is read as it is: 1 when active, else 0.
package final class GPIOInput {
    package let channel: InputChannel
    let address: GPIOAddress
    let options: GPIOOptions
    private var filter: LevelFilter
    private let debounceNanoseconds: UInt64

    package init(
        _ channel: InputChannel, at address: GPIOAddress, _ options: GPIOOptions,
        debounceNanoseconds: UInt64
    ) {
        self.channel = channel
        self.address = address
        self.options = options
        self.debounceNanoseconds = debounceNanoseconds
        filter = LevelFilter(debounceNanoseconds: debounceNanoseconds)
    }

    func restart() { filter = LevelFilter(debounceNanoseconds: debounceNanoseconds) }

    func take(_ isActive: Bool, nowNanoseconds now: UInt64) {
        guard let level = filter.update(isActive, nowNanoseconds: now) else { return }
        channel.publish(level ? 1 : 0, timeNanoseconds: now)
    }
}
