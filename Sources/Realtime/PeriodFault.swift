/// Why a period is refused.
package enum PeriodFault: Error, Equatable, Sendable {
    case tooShort(foundNanoseconds: UInt64, limitNanoseconds: UInt64)
    case tooLong(foundNanoseconds: UInt64, limitNanoseconds: UInt64)
}
