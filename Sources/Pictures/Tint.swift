/// Pale fills behind the curves, from quiet to alarming. Where two intervals share a pixel the more
/// alarming one is shown, so that the shortest safe state stays visible.
package enum Tint: Int, Comparable, Sendable {
    case quiet = 0
    case caution = 1
    case alarm = 2

    /// Fill of the panels' background.
    var fill: String {
        switch self {
        case .quiet: "#eef5fb"
        case .caution: "#fdeec4"
        case .alarm: "#f7d3d6"
        }
    }

    /// Stronger fill of the strip and the legend.
    var strip: String {
        switch self {
        case .quiet: "#c3ddf0"
        case .caution: "#f8d678"
        case .alarm: "#e99aa2"
        }
    }

    package static func < (left: Tint, right: Tint) -> Bool {
        left.rawValue < right.rawValue
    }
}
