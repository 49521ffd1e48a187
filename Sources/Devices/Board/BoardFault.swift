import Glibc

/// Why a part of a board cannot be used.
package enum BoardFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// A call on this file or line failed.
    case call(String, errno: Int32)
    /// Nothing has this name.
    case notFound(String)
    /// More than one thing has this name.
    case ambiguous(String)
    /// The file holds something else than what the kernel documents.
    case malformed(String)
    /// The two lines of an encoder must be of one chip, which keeps the order of their edges.
    case notOneChip(String)
    /// The kernel does not stamp what it gives with CLOCK_MONOTONIC: for edges it is older than 5.7.
    case foreignClock(String)
    /// Nothing answers at the other end of this line.
    case silent(String)
    /// An output did not take its safe level.
    case notDriven(String)

    init(_ what: String, _ fault: CallFault) { self = .call(what, errno: fault.errno) }

    package var isPermission: Bool {
        guard case .call(_, let errno) = self else { return false }
        return errno == EACCES || errno == EPERM
    }

    package var description: String {
        switch self {
        case .call(let what, let errno): "\(what): " + (unsafe String(cString: strerror(errno)))
        case .notFound(let what): "\(what): not found"
        case .ambiguous(let what): "\(what): found more than once; name it by its place"
        case .malformed(let what): "\(what): holds something else than expected"
        case .notOneChip(let what): "\(what): its two lines are not on one chip"
        case .foreignClock(let what): "\(what): this kernel stamps with another clock"
        case .silent(let what): "\(what): nothing answers"
        case .notDriven(let what): "\(what): did not take its safe level"
        }
    }
}
