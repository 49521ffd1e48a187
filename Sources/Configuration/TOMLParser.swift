import CTOML

/// Owns a parsed document of the C shim until its nodes are copied into Swift values.
///
/// Safe, because the pointer never leaves this type, is freed once by `deinit`, and is only read
/// through buffers whose lengths come from the same document and whose offsets are checked.
@safe
package struct TOMLParser: ~Copyable {
    private let document: OpaquePointer
    /// Whether the document is a message instead of a tree.
    private let isRefused: Bool
    private var next = 0

    /// Parses UTF-8 bytes into a tree.
    ///
    /// Limits: 1 MiB, 16 tables and arrays inside each other, 256 dots in a line.
    package static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
        var parser = try TOMLParser(bytes)
        if parser.isRefused { throw parser.error }
        guard let root = parser.takeEntry(), case .table(let table) = root.node.value else {
            throw TOMLError(message: "the parser gave no table", position: .start)
        }
        return table
    }

    private init(_ bytes: [UInt8]) throws(TOMLError) {
        var made: OpaquePointer?
        let result = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe ctoml_parse(buffer.baseAddress, buffer.count, &made)
        }
        guard let made = unsafe made else {
            throw TOMLError(message: "not enough memory", position: .start)
        }
        unsafe document = made
        isRefused = result != 0
    }

    deinit {
        unsafe ctoml_free(document)
    }

    /// The message and the place of a refused text.
    private var error: TOMLError {
        let view = unsafe ctoml_read(document)
        let length = unsafe UInt32(clamping: view.text_length)
        let position = unsafe Position(
            line: Int(view.error_line), column: Int(view.error_column))
        let message = Wording.escaped(text(at: 0, length: length))
        return TOMLError(message: message, position: position)
    }

    /// Copies the next node and everything below it; nil at the end.
    ///
    /// Recursion is bounded by the shim's nesting limit.
    private mutating func takeEntry() -> TOMLEntry? {
        let view = unsafe ctoml_read(document)
        guard unsafe next < view.node_count, let nodes = unsafe view.nodes else { return nil }
        let node = unsafe nodes[next]
        next += 1
        let position = Position(line: Int(node.line), column: Int(node.column))
        return TOMLEntry(
            key: text(at: node.key_offset, length: node.key_length),
            keyPosition: Position(line: Int(node.key_line), column: Int(node.key_column)),
            node: TOMLNode(value: value(of: node), position: position))
    }

    private mutating func value(of node: ctoml_node) -> TOMLValue {
        switch Int32(clamping: node.kind) {
        case CTOML_TABLE: .table(TOMLTable(entries: takeChildren(node.child_count)))
        case CTOML_ARRAY: .array(takeChildren(node.child_count).map(\.node))
        case CTOML_STRING: .string(text(at: node.text_offset, length: node.text_length))
        case CTOML_INTEGER: .integer(Int(clamping: node.integer))
        case CTOML_FLOAT: .float(node.real)
        case CTOML_BOOLEAN: .boolean(node.integer != 0)
        default: .dateTime
        }
    }

    private mutating func takeChildren(_ count: UInt32) -> [TOMLEntry] {
        var children: [TOMLEntry] = []
        for _ in 0..<count {
            guard let child = takeEntry() else { break }
            children.append(child)
        }
        return children
    }

    /// A part of the document's text; what lies outside of it is left out.
    private func text(at offset: UInt32, length: UInt32) -> String {
        let view = unsafe ctoml_read(document)
        guard length > 0, let bytes = unsafe view.text else { return "" }
        let all = unsafe UnsafeBufferPointer(start: bytes, count: view.text_length)
        let part = unsafe all.dropFirst(Int(offset)).prefix(Int(length))
        return unsafe String(decoding: part, as: UTF8.self)
    }
}
