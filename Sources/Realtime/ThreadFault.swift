/// Why a thread could not be started at all, not even with ordinary scheduling.
package enum ThreadFault: Error, Equatable, Sendable {
    case stackOutOfRange(foundBytes: Int, allowedBytes: ClosedRange<Int>)
    case notStarted(errno: Int32)
}
