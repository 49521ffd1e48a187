/// Why a TCLab cannot be composed as it was asked for.
package enum TCLabSettingsFault: Error, Equatable, Sendable {
    case deadlineOutOfRange(foundNanoseconds: UInt64, allowedNanoseconds: ClosedRange<UInt64>)
    case cycleOutOfRange(foundNanoseconds: UInt64, allowedNanoseconds: ClosedRange<UInt64>)
    /// A sensor or actuator of this channel was given out before, or the device was started.
    case channelTaken(String)
    /// A command must live for two cycles at least, or it expires although the loop runs.
    case maximumAgeTooShort(foundNanoseconds: UInt64, neededNanoseconds: UInt64)
    /// The safe level is not in 0 ... 100 %.
    case safeLevelOutOfRange
}
