import Foundation
import Pictures
import Testing

@Suite("Bars")
struct BarChartTests {
    static let chart = BarChart(
        title: "Ratios", groups: ["steps", "a & b"],
        bars: [
            BarChart.Bars("over one", [0.5, 2.5], ink: .blue),
            BarChart.Bars("over two", [nil, .nan], ink: .green),
        ], top: 1.25)

    @Test("a bar is as high as its part of the axis, one above the top ends there and says so")
    func heights() {
        let svg = Self.chart.svg()
        // 220 pixels for 1.25.
        #expect(svg.contains("height=\"88\""))
        #expect(svg.contains("height=\"220\""))
        #expect(svg.contains(">2.50</text>"))
        #expect(svg.contains("<title>steps, over one: 0.5000</title>"))
    }

    @Test("a value that is missing or no number has no bar, and texts are escaped")
    func missing() {
        let svg = Self.chart.svg()
        #expect(svg.components(separatedBy: "over two:").count == 1)
        #expect(svg.contains("a &amp; b"))
        #expect(!svg.contains("nan"))
        #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
    }

    @Test(
        "a figure over another quantity than time says which, and its identifiers have the prefix")
    func axes() {
        let figure = Figure(
            title: "t", times: [-3, -2, -1], axisLabel: "log10 of the frequency",
            panels: [Panel("|S|", unit: "", series: [Series("s", [1, 2, 1], ink: .blue)])])
        let svg = figure.svg(prefix: "f7-")
        #expect(svg.contains("log10 of the frequency"))
        #expect(!svg.contains("Time ("))
        #expect(svg.contains("id=\"f7-panel0\""))
        #expect(svg.contains("url(#f7-panel0)"))
        let long = Figure(
            title: "t", times: [0, 5_000], axisLabel: "n",
            panels: [Panel("y", unit: "", series: [Series("s", [1, 2], ink: .blue)])])
        #expect(long.svg().contains(">1000</text>"))
    }
}
