/// What the number of a quantity may be.
///
/// Values run in Q16.16 (16 integer bits with the sign, 16 fraction bits), so that every number is
/// below 32768 and what must not vanish is at least 1/65536.
package enum NumberBounds: Equatable, Sendable {
    /// Every number below 32768 in magnitude.
    case any
    /// More than 0.
    case positive
    /// 0 or more.
    case notNegative
    /// Not 0: a gain, whose sign is the direction of the action.
    case notZero

    /// First magnitude that Q16.16 cannot hold.
    static let magnitudeLimit = 32768.0
    /// Smallest magnitude that Q16.16 tells from 0.
    static let resolution = 1.0 / 65536.0

    func contains(_ number: Double) -> Bool {
        guard number.isFinite, abs(number) < Self.magnitudeLimit else { return false }
        return switch self {
        case .any: true
        case .positive: number >= Self.resolution
        case .notNegative: number >= 0
        case .notZero: abs(number) >= Self.resolution
        }
    }

    /// What a message says in front of the unit.
    var shortMeaning: String {
        switch self {
        case .any: "a number"
        case .positive: "a number above 0"
        case .notNegative: "a number, 0 or more,"
        case .notZero: "a number other than 0"
        }
    }

    /// The words of a message about the number, and of the reference page.
    var meaning: String {
        switch self {
        case .any: "between -32768 and 32768"
        case .positive: "from 0.0000153 to below 32768"
        case .notNegative: "from 0 to below 32768"
        case .notZero: "not 0, between -32768 and 32768"
        }
    }
}
