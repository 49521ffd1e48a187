import Testing

@testable import Pictures

private func figure(_ rows: [[Double]], scale: [String] = ["low", "high"]) -> Figure {
    let times = (rows.first ?? []).indices.map { Double($0) }
    let map = HeatMap(rows: rows, rowLabels: rows.indices.map { "r\($0)" }, scale: scale)
    return Figure(title: "t", times: times, panels: [Panel("map", unit: "", map)])
}

/// The paths of the cells, by their colour.
private func cells(_ figure: Figure) throws -> [String: String] {
    var result: [String: String] = [:]
    for element in try Markup(figure.svg()).all("path")
    where element.attributes["shape-rendering"] == "crispEdges" {
        result[element.attributes["fill"] ?? ""] = element.attributes["d"]
    }
    return result
}

@Test("each shade of a heat map is darker than the one before")
func shadesDarken() {
    let sums = (0..<HeatMap.shadeCount).map { shade -> Int in
        let digits = HeatMap.colour(shade).dropFirst()
        return stride(from: 0, to: 6, by: 2).reduce(0) { sum, place in
            let start = digits.index(digits.startIndex, offsetBy: place)
            return sum + (Int(digits[start..<digits.index(start, offsetBy: 2)], radix: 16) ?? 999)
        }
    }
    #expect(zip(sums, sums.dropFirst()).allSatisfy { $0 > $1 })
}

@Test("equal neighbours of a heat map are one rectangle, and a row without change has one")
func cellsMerge() throws {
    let paths = try cells(figure([[0, 0, 0, 1, 1, 0], [1, 1, 1, 1, 1, 1]]))
    #expect(paths.count == 2)
    #expect(paths[HeatMap.colour(0)]?.count { $0 == "M" } == 2)
    #expect(paths[HeatMap.colour(HeatMap.shadeCount - 1)]?.count { $0 == "M" } == 2)
}

@Test("a value that is no number leaves its place white, and one beyond the scale is at its end")
func oddValues() throws {
    #expect(try cells(figure([[.nan, .nan]])).isEmpty)
    let paths = try cells(figure([[-5, .infinity], [7, 7]]))
    #expect(Set(paths.keys) == [HeatMap.colour(0), HeatMap.colour(HeatMap.shadeCount - 1)])
    #expect(paths[HeatMap.colour(0)]?.count { $0 == "M" } == 1)
    _ = try Markup(figure([]).svg())
    _ = try Markup(figure([[]]).svg())
}

@Test("the scale of a heat map is its legend, and its rows have labels")
func legend() throws {
    let text = figure([[0, 1], [1, 0]], scale: ["least", "most"]).svg()
    for label in ["least", "most", "r0", "r1"] { #expect(text.contains(">\(label)<")) }
}

@Test("the largest network over a long run is a picture of bounded size")
func sizeIsBounded() {
    func value(_ row: Int, _ sample: Int) -> Double { Double((sample * 7 + row * 13) % 97) / 96 }
    let rows: [[Double]] = (0..<64).map { row in (0..<20_000).map { value(row, $0) } }
    // 64 rows of 240 columns, at most 40 bytes each.
    #expect(figure(rows).svg().utf8.count < 64 * 240 * 40)
}
