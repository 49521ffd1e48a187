/// A value of a TOML text, copied out of the parser; what is inside keeps its places.
package enum TOMLValue: Equatable, Sendable {
    case table(TOMLTable)
    case array([TOMLNode])
    case string(String)
    case integer(Int)
    case float(Double)
    case boolean(Bool)
    /// Dates and times have no use in a configuration: only the kind is kept.
    case dateTime
}
