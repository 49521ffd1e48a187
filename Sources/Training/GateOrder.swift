/// In which order a program keeps the four gates of an LSTM.
///
/// Written with the letters i, f, o for the gates and g or c for the candidate: PyTorch and Keras
/// keep `ifgo`.
package struct GateOrder: Equatable, Sendable {
    /// Places of input, forget, output and candidate: the order of `LawLayout`.
    package let places: [Int]

    package static let usual = "ifgo"

    /// `nil` when a gate is missing, doubled or unknown. Commas and blanks are left out.
    package init?(_ text: String) {
        let letters = text.lowercased().filter { $0 != "," && $0 != " " }
            .map { $0 == "c" ? "g" : $0 }
        guard letters.count == 4 else { return nil }
        let places = "ifog".compactMap { letters.firstIndex(of: $0) }
        guard places.count == 4 else { return nil }
        self.places = places
    }
}
