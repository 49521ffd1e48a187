/// What was commanded and measured, at times that need not be equally spaced.
package struct Recording: Equatable, Sendable {
    /// Rows that are looked at; a longer recording is refused.
    package static let rowLimit = 1_000_000

    /// Seconds, strictly increasing.
    package private(set) var times: [Double] = []
    /// Held from its time to the next.
    package private(set) var commands: [Double] = []
    /// Not a number where there was none.
    package private(set) var measurements: [Double] = []

    package init() {}

    /// Adds a row.
    ///
    /// - Throws: the reason, when a number is not finite, the time does not grow, or there are too
    ///   many rows. A measurement that is missing is `nil`.
    package mutating func append(
        time: Double, command: Double, measurement: Double?
    ) throws(RowFault) {
        guard times.count < Self.rowLimit else { throw .tooMany }
        guard time.isFinite, command.isFinite, measurement?.isFinite ?? true else {
            throw .notFinite
        }
        if let last = times.last, time <= last { throw .timeNotGrowing(last: last, found: time) }
        times.append(time)
        commands.append(command)
        measurements.append(measurement ?? .nan)
    }

    /// Why a row is no part of a recording.
    package enum RowFault: Error, Equatable, Sendable, CustomStringConvertible {
        case tooMany
        case notFinite
        case timeNotGrowing(last: Double, found: Double)

        package var description: String {
            switch self {
            case .tooMany: "more than \(Recording.rowLimit) rows"
            case .notFinite: "a number is not finite"
            case .timeNotGrowing(let last, let found):
                "the time \(found) does not come after \(last)"
            }
        }
    }
}
