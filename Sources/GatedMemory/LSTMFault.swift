/// Why a set of weights is not a network this arithmetic can run. Found once, at load.
public enum LSTMFault: Error, Equatable, BitwiseCopyable, Sendable {
    /// An array does not have the length that the shape asks for.
    case wrongCount(found: Int32, expected: Int32)
    /// A weight is -32768, on which vector units multiply differently.
    case illegalWeight(row: Int32, column: Int32)
    /// A row's exponent is outside 0 ... 30.
    case exponentOutOfRange(row: Int32, found: Int32)
    /// `sum |w| + ceil(|b| / 2^15)` exceeds 65535: the Int32 sum could overflow.
    case rowSumTooLarge(row: Int32, found: Int32, limit: Int32)
    /// The activation table does not carry its checksum: the program is damaged.
    case tableDamaged
    /// The arena is too small.
    case arenaExhausted
}
