/// A checked value of an option.
package enum OptionValue: Equatable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case quantity(Double, Unit)
    case range(low: Double, high: Double)
    case numbers([PlantParameter])

    /// As TOML writes it, for the reference page.
    var literal: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .quantity(let number, let unit): "\"\(Wording.number(number)) \(unit.symbol)\""
        case .range(let low, let high): "[\(low), \(high)]"
        case .numbers: "{}"
        }
    }
}
