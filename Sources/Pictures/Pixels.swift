/// Lengths and places on the page. Tenths of a pixel are kept: finer cannot be seen, and whole
/// numbers make the text short and the same on every machine.
enum Pixels {
    /// A coordinate as text with at most one decimal.
    static func text(_ value: Double) -> String {
        text(tenths: tenths(value))
    }

    /// Rounds to tenths of a pixel, held to +-100,000 pixels.
    static func tenths(_ value: Double) -> Int {
        guard !value.isNaN else { return 0 }
        return Int((min(max(value, -1e5), 1e5) * 10).rounded())
    }

    static func text(tenths: Int) -> String {
        let magnitude = tenths.magnitude
        let sign = tenths < 0 ? "-" : ""
        let fraction = magnitude % 10
        return fraction == 0 ? "\(sign)\(magnitude / 10)" : "\(sign)\(magnitude / 10).\(fraction)"
    }

    /// Width of a text, estimated on the wide side, because the viewer's font is unknown.
    static func width(of text: String, fontSize: Double) -> Double {
        Double(text.count) * fontSize * 0.58
    }
}
