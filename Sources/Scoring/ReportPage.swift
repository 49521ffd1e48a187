import Pictures

/// A page of text, tables and pictures in one file: no script, no style sheet or font from
/// elsewhere, nothing that is loaded.
struct ReportPage {
    private var body = ""
    private let title: String
    private var pictures = 0

    init(title: String) {
        self.title = title
    }

    mutating func heading(_ text: String) {
        body += "<h2>\(Self.escaped(text))</h2>\n"
    }

    mutating func paragraph(_ text: String) {
        body += "<p>\(Self.escaped(text))</p>\n"
    }

    /// A paragraph that is seen first: good or bad news.
    mutating func verdict(_ text: String, isGood: Bool) {
        body += "<p class=\"\(isGood ? "good" : "bad")\">\(Self.escaped(text))</p>\n"
    }

    mutating func list(_ items: [String]) {
        body += "<ul>\n"
        for item in items { body += "<li>\(Self.escaped(item))</li>\n" }
        body += "</ul>\n"
    }

    /// - Parameter isLoud: cells, by row and column, that are printed bold.
    mutating func table(
        _ headings: [String], _ rows: [[String]], isLoud: (Int, Int) -> Bool = { _, _ in false }
    ) {
        body += "<table>\n<tr>"
        for heading in headings { body += "<th>\(Self.escaped(heading))</th>" }
        body += "</tr>\n"
        for (row, cells) in rows.enumerated() {
            body += "<tr>"
            for (column, cell) in cells.enumerated() {
                let text = Self.escaped(cell)
                body += isLoud(row, column) ? "<td><b>\(text)</b></td>" : "<td>\(text)</td>"
            }
            body += "</tr>\n"
        }
        body += "</table>\n"
    }

    mutating func picture(_ figure: Figure) {
        // Identifiers within a page must differ.
        pictures += 1
        body += "<figure>\n\(figure.svg(prefix: "f\(pictures)-"))</figure>\n"
    }

    mutating func picture(_ chart: BarChart) {
        body += "<figure>\n\(chart.svg())</figure>\n"
    }

    private static let style = """
        body { font-family: Helvetica, Arial, sans-serif; color: #222; background: #fff;
               max-width: 940px; margin: 2em auto; padding: 0 1em; line-height: 1.4; }
        table { border-collapse: collapse; margin: 1em 0; font-size: 14px; }
        th, td { border-bottom: 1px solid #ddd; padding: 3px 10px; text-align: right; }
        th:first-child, td:first-child { text-align: left; }
        figure { margin: 1em 0; } svg { max-width: 100%; height: auto; }
        .good, .bad { padding: 10px 14px; border-left: 6px solid #009e73; background: #eef8f4; }
        .bad { border-color: #d55e00; background: #fdf1ea; }
        """

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(Self.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <h1>\(Self.escaped(title))</h1>
        \(body)</body>
        </html>

        """
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
