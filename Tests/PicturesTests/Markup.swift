/// A strict reader of the XML that pictures use, so that the tests need no XML library: elements,
/// double-quoted attributes, text and the five entities. Anything else is a fault.
struct Markup {
    struct Element {
        let name: String
        let attributes: [String: String]
        var content = ""
    }

    struct Fault: Error {
        let reason: String
    }

    /// Every element in the order of its begin.
    private(set) var elements: [Element] = []
    private var rest: Substring

    init(_ text: String) throws {
        rest = text[...]
        var open: [Int] = []
        while !rest.isEmpty {
            let content = try Markup.unescaped(take(until: "<"))
            if let last = open.last { elements[last].content += content }
            if rest.isEmpty { break }
            rest.removeFirst()
            let tag = take(until: ">")
            guard !rest.isEmpty else { throw Fault(reason: "tag without end") }
            rest.removeFirst()
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
                    throw Fault(reason: "</\(tag.dropFirst())> closes nothing")
                }
            } else {
                elements.append(try Markup.element(tag.hasSuffix("/") ? tag.dropLast() : tag))
                if !tag.hasSuffix("/") { open.append(elements.count - 1) }
            }
        }
        guard open.isEmpty, elements.first?.name == "svg" else {
            throw Fault(reason: "elements left open, or no svg")
        }
    }

    func all(_ name: String) -> [Element] {
        elements.filter { $0.name == name }
    }

    /// The `d` of the paths in an ink, without the swatches of legends.
    func curves(_ ink: String) -> [String] {
        all("path").filter { $0.attributes["stroke"] == ink || $0.attributes["fill"] == ink }
            .compactMap { $0.attributes["d"] }.filter { !$0.hasSuffix("h22") }
    }

    private mutating func take(until end: Character) -> Substring {
        let part = rest.prefix { $0 != end }
        rest = rest.dropFirst(part.count)
        return part
    }

    private static func element(_ tag: Substring) throws -> Element {
        var parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
        let head = parts.removeFirst().split(separator: " ")
        guard let name = head.first else { throw Fault(reason: "no name in <\(tag)>") }
        var attributes: [String: String] = [:]
        var pending = head.count > 1 ? String(head[1]) : ""
        for (index, part) in parts.enumerated() {
            if index % 2 == 0 {
                guard pending.hasSuffix("=") else { throw Fault(reason: "no = in <\(tag)>") }
                let key = String(pending.dropLast())
                guard attributes[key] == nil else { throw Fault(reason: "\(key) twice") }
                attributes[key] = try unescaped(part)
            } else {
                pending = part.filter { $0 != " " }
            }
        }
        guard parts.count % 2 == 0, pending.isEmpty || !parts.isEmpty else {
            throw Fault(reason: "quotes in <\(tag)>")
        }
        return Element(name: String(name), attributes: attributes)
    }

    private static func unescaped(_ text: Substring) throws -> String {
        let entities = ["amp;": "&", "lt;": "<", "gt;": ">", "quot;": "\"", "#39;": "'"]
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        var result = String(parts.first ?? "")
        for part in parts.dropFirst() {
            guard let entity = entities.first(where: { part.hasPrefix($0.key) }) else {
                throw Fault(reason: "bare & before \(part)")
            }
            result += entity.value + part.dropFirst(entity.key.count)
        }
        guard result.unicodeScalars.allSatisfy({ $0.value >= 32 || $0 == "\n" }) else {
            throw Fault(reason: "control character")
        }
        return result
    }
}
