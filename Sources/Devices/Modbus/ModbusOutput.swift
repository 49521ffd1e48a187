/// An actuator of a bus.
package struct ModbusOutput {
    let channel: OutputChannel
    let place: ModbusPlace
    private let number: ModbusNumber
    private let scale: Double
    private let offset: Double
    /// What was sent last, confirmed or not.
    var sent: [UInt16]?
    /// Whether it is sent again although it is the same: once in each round.
    var isDue = true
    /// Of the end: whether the device has confirmed the safe level.
    var isSafe = false
    /// Whether its device answered when it was last written to.
    var isHeard = false

    /// The number written is the level times `scale`, plus `offset`; to a bit goes whether the level is
    /// in the upper half of its range.
    package init(
        _ channel: OutputChannel, at place: ModbusPlace, _ number: ModbusNumber, scale: Double = 1,
        offset: Double = 0
    ) {
        self.channel = channel
        self.place = place
        self.number = number
        self.scale = scale
        self.offset = offset
    }

    var safeWords: [UInt16] {
        place.table.isBits
            ? number.words(channel.safeFraction) : number.words(channel.safe * scale + offset)
    }

    func words(nowNanoseconds now: UInt64) -> [UInt16] {
        guard !place.table.isBits else { return number.words(channel.due(nowNanoseconds: now)) }
        return number.words(channel.dueLevel(nowNanoseconds: now) * scale + offset)
    }
}
