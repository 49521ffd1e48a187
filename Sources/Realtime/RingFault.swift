/// Why a ring is refused.
public enum RingFault: Error, Equatable, Sendable {
    case capacityNotPowerOfTwo(found: Int)
    case capacityOutOfRange(found: Int, allowed: ClosedRange<Int>)
}
