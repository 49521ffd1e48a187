import Foundation

/// Little-endian integers in base64, as the golden files keep long arrays.
struct Packed<Element: FixedWidthInteger & Sendable>: Decodable, Sendable {
    let elements: [Element]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let width = Element.bitWidth / 8
        guard let bytes = Data(base64Encoded: try container.decode(String.self)),
            bytes.count.isMultiple(of: width)
        else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no base64 of \(Element.self)")
        }
        elements = stride(from: 0, to: bytes.count, by: width).map { start in
            (0..<width).reduce(Element.zero) { element, index in
                element | Element(truncatingIfNeeded: bytes[start + index]) << (8 * index)
            }
        }
    }
}
