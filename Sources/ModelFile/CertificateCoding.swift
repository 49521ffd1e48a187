import FoundationEssentials

/// Certificates as text: one line of JSON with sorted keys, in which words stand for the numbers that
/// JSON has not.
package enum CertificateCoding {
    private static let (infinity, minusInfinity, nan) = ("infinity", "-infinity", "nan")

    package static func text(_ certificate: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: infinity, negativeInfinity: minusInfinity, nan: nan)
        return String(decoding: try encoder.encode(certificate), as: UTF8.self)
    }

    /// `nil` where the text is no such certificate.
    package static func certificate<Certificate: Decodable>(_ text: String) -> Certificate? {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: infinity, negativeInfinity: minusInfinity, nan: nan)
        return try? decoder.decode(Certificate.self, from: Data(text.utf8))
    }
}
