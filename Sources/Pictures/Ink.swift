/// The colours of lines: the set of Okabe and Ito (2008), which people with any common colour
/// vision can tell apart, with the pale yellow left out because it is lost on white.
package enum Ink: String, CaseIterable, Sendable {
    case blue = "#0072b2"
    case vermilion = "#d55e00"
    case green = "#009e73"
    case purple = "#b5548c"
    case orange = "#e69f00"
    case sky = "#56b4e9"
    case black = "#333333"
    case grey = "#7f7f7f"
}
