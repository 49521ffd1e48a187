/// Writes SVG text: elements in order, one a line, every attribute and text escaped.
struct SVGDocument {
    private(set) var text: String
    private var openElements: [String] = []

    init(width: Int, height: Int) {
        text = ""
        open(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": "\(width)", "height": "\(height)",
                "viewBox": "0 0 \(width) \(height)", "role": "img",
                "font-family": "Helvetica, Arial, sans-serif", "font-size": "11",
            ])
    }

    mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        text += "<" + name
        write(attributes)
        text += ">\n"
        openElements.append(name)
    }

    mutating func close() {
        guard let name = openElements.popLast() else { return }
        text += "</" + name + ">\n"
    }

    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<" + name
        write(attributes)
        text += "/>\n"
    }

    /// An element that holds text only.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String>, content: String
    ) {
        text += "<" + name
        write(attributes)
        text += ">" + SVGDocument.escaped(content) + "</" + name + ">\n"
    }

    /// Characters that XML reserves become entities; those it forbids become U+FFFD.
    static func escaped(_ content: String) -> String {
        var result = ""
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{9}", "\u{a}", "\u{d}": result += " "
            case "\u{0}"..<"\u{20}", "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private mutating func write(_ attributes: KeyValuePairs<String, String>) {
        for (name, value) in attributes {
            text += " " + name + "=\"" + SVGDocument.escaped(value) + "\""
        }
    }
}
