package import FoundationEssentials

/// A safetensors file whose header has been read and whose offsets have been checked.
package struct TensorFile {
    private struct Entry {
        let type: String
        let shape: [Int]
        let range: Range<Int>
    }

    /// The header as it stands in the file.
    private struct Header: Decodable {
        struct Fields: Decodable {
            let type: String
            let shape: [Int]
            let offsets: [Int]

            enum CodingKeys: String, CodingKey {
                case type = "dtype"
                case shape
                case offsets = "data_offsets"
            }
        }

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        /// Other programs need not write any.
        var metadata: [String: String] = [:]
        var tensors: [String: Fields] = [:]

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Name.self)
            for name in object.allKeys {
                if name.stringValue == "__metadata__" {
                    guard let found = try? object.decode([String: String].self, forKey: name) else {
                        throw ModelFault.malformedHeader("__metadata__ is not an object of strings")
                    }
                    metadata = found
                } else {
                    guard let fields = try? object.decode(Fields.self, forKey: name),
                        fields.offsets.count == 2
                    else {
                        throw ModelFault.malformedHeader(
                            "the entry of tensor \(name.stringValue) is incomplete")
                    }
                    tensors[name.stringValue] = fields
                }
            }
        }
    }

    /// Tensors of other programs may have more dimensions than those that a model needs.
    private static let dimensionLimit = 8

    private let content: Data
    private let metadata: [String: String]
    private var entries: [String: Entry] = [:]

    package init(_ content: Data) throws(ModelFault) {
        guard content.count >= 8 else { throw .truncated(found: content.count, needed: 8) }
        var length: UInt64 = 0
        for (index, byte) in content.prefix(8).enumerated() {
            length |= UInt64(byte) << (8 * UInt64(index))
        }
        guard length <= UInt64(ModelReader.headerLimit) else {
            throw .malformedHeader(
                "a header of \(length) bytes; at most \(ModelReader.headerLimit) are allowed")
        }
        let begin = 8 + Int(length)
        guard content.count >= begin else {
            throw .truncated(found: content.count, needed: begin)
        }
        self.content = Data(content.suffix(from: content.startIndex + begin))
        let header = try Self.header(
            Data(content[(content.startIndex + 8)..<(content.startIndex + begin)]))
        metadata = header.metadata
        for (name, fields) in header.tensors {
            entries[name] = try Self.entry(name, fields, payload: self.content.count)
        }
        try checkNoHoles()
    }

    private static func header(_ json: Data) throws(ModelFault) -> Header {
        do {
            return try JSONDecoder().decode(Header.self, from: json)
        } catch let fault as ModelFault {
            throw fault
        } catch {
            throw .malformedHeader("the header is not a JSON object")
        }
    }

    private static func entry(
        _ name: String, _ fields: Header.Fields, payload: Int
    ) throws(ModelFault) -> Entry {
        let (shape, offsets) = (fields.shape, fields.offsets)
        guard offsets[0] >= 0, offsets[0] <= offsets[1],
            shape.count <= dimensionLimit,
            shape.allSatisfy({ $0 >= 0 && $0 <= 65_536 })
        else { throw .malformedHeader("offsets or shape of tensor \(name) are impossible") }
        guard offsets[1] <= payload else {
            throw .truncated(found: payload, needed: offsets[1])
        }
        return Entry(type: fields.type, shape: shape, range: offsets[0]..<offsets[1])
    }

    /// Tensors follow each other without gaps or overlaps and fill the file: the format's own rule.
    private func checkNoHoles() throws(ModelFault) {
        var end = 0
        for entry in entries.values.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard entry.range.lowerBound == end else {
                throw .malformedHeader("tensors leave a gap or overlap at byte \(end)")
            }
            end = entry.range.upperBound
        }
        guard end == content.count else {
            throw .malformedHeader("\(content.count - end) bytes follow the last tensor")
        }
    }

    // MARK: Metadata

    func text(_ key: String) throws(ModelFault) -> String {
        guard let value = metadata[key] else { throw .missing("metadata \(key)") }
        return value
    }

    func expect(_ key: String, _ allowed: String) throws(ModelFault) {
        let found = try text(key)
        guard found == allowed else {
            throw .illegalValue(key: key, found: found, allowed: allowed)
        }
    }

    func number(_ key: String, in range: ClosedRange<Int>) throws(ModelFault) -> Int {
        let found = try text(key)
        guard let value = Int(found), range.contains(value) else {
            throw .illegalValue(key: key, found: found, allowed: "\(range)")
        }
        return value
    }

    // MARK: Tensors

    /// The length of a one-dimensional tensor.
    func count(of name: String) throws(ModelFault) -> Int {
        guard let entry = entries[name] else { throw .missing("tensor \(name)") }
        guard entry.shape.count == 1 else {
            throw .wrongShape(tensor: name, found: entry.shape, expected: [1])
        }
        return entry.shape[0]
    }

    /// The names of all tensors, sorted.
    package var names: [String] { entries.keys.sorted() }

    package func shape(of name: String) throws(ModelFault) -> [Int] {
        guard let entry = entries[name] else { throw .missing("tensor \(name)") }
        return entry.shape
    }

    func type(of name: String) throws(ModelFault) -> String {
        guard let entry = entries[name] else { throw .missing("tensor \(name)") }
        return entry.type
    }

    /// The elements of a tensor, which must have this type and shape.
    func tensor<Element: FixedWidthInteger>(
        _ name: String, of type: Element.Type, _ shape: [Int]
    ) throws(ModelFault) -> [Element] {
        let found = try self.type(of: name)
        let expected = (Element.isSigned ? "I" : "U") + String(Element.bitWidth)
        guard found == expected else {
            throw .wrongType(tensor: name, found: found, expected: expected)
        }
        return try bits(name, type, shape)
    }

    /// The elements of a tensor as the integers that its bytes are.
    func bits<Element: FixedWidthInteger>(
        _ name: String, _ type: Element.Type, _ shape: [Int]
    ) throws(ModelFault) -> [Element] {
        guard let entry = entries[name] else { throw .missing("tensor \(name)") }
        guard entry.shape == shape else {
            throw .wrongShape(tensor: name, found: entry.shape, expected: shape)
        }
        let width = Element.bitWidth / 8
        let count = shape.reduce(1, *)
        guard entry.range.count == count * width else {
            throw .malformedHeader(
                "tensor \(name) has \(entry.range.count) bytes for \(count) elements")
        }
        let bytes = [UInt8](content[entry.range])
        return (0..<count).map { index in
            var value: Element = 0
            for byte in 0..<width {
                value |= Element(truncatingIfNeeded: bytes[index * width + byte]) << (8 * byte)
            }
            return value
        }
    }
}
