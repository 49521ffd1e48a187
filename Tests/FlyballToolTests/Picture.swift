import Foundation
import FoundationXML

/// Reads a picture as XML and keeps what it shows.
final class Picture: NSObject, XMLParserDelegate {
    private(set) var root = ""
    private(set) var elements = 0
    private(set) var texts: [String] = []
    private var isText = false

    /// `nil` when the file is not well-formed.
    init?(path: String) {
        super.init()
        guard let content = FileManager.default.contents(atPath: path) else { return nil }
        let parser = XMLParser(data: content)
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        if elements == 0 { root = name }
        elements += 1
        isText = name == "text" || name == "title"
        if isText { texts.append("") }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if isText { texts[texts.count - 1] += string }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        isText = false
    }
}
