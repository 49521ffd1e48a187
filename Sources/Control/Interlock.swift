import FixedPoint

/// An input that must be active for outputs to be driven: an enable, a door, an emergency stop.
///
/// Whatever is not known does not permit: no reading, or one that is too old.
@frozen
public struct Interlock: BitwiseCopyable, Sendable {
    /// What an interlock says in a tick.
    public enum State: BitwiseCopyable, Equatable, Sendable {
        case permits
        /// It is read, and inactive.
        case open
        /// It is not read, or its reading is too old.
        case lost
    }

    /// Whether half of one and more permits; below permits, if not.
    public let isActiveHigh: Bool
    public let maxAgeNanoseconds: UInt64

    public init(isActiveHigh: Bool, maxAgeNanoseconds: UInt64) {
        self.isActiveHigh = isActiveHigh
        self.maxAgeNanoseconds = maxAgeNanoseconds
    }

    /// - Parameter reading: the newest one; `nil` when there is none.
    public func state(_ reading: Reading?, now: UInt64) -> State {
        guard let reading else { return .lost }
        let time = reading.timeNanoseconds
        let distance = now >= time ? now &- time : time &- now
        guard distance <= maxAgeNanoseconds else { return .lost }
        let isHigh = reading.value.bits >= 1 << 15
        return isHigh == isActiveHigh ? .permits : .open
    }
}
