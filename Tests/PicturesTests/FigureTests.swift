import Testing

@testable import Pictures

/// Space of a picture of a million samples; half of what a page loads without notice.
private let sizeLimitBytes = 500_000

private func figure(_ values: [Double], stroke: Series.Stroke = .line) -> Figure {
    let times = values.indices.map { Double($0) }
    let series = Series("curve", values, stroke: stroke, ink: .blue)
    return Figure(title: "t", times: times, panels: [Panel("p", unit: "", series: [series])])
}

private func curve(_ figure: Figure) throws -> String {
    try #require(try Markup(figure.svg()).curves(Ink.blue.rawValue).first)
}

/// Vertical places of the points of a path of absolute M, L, H and V.
private func heights(of path: String) -> [Double] {
    var result: [Double] = []
    var rest = path[...]
    while let command = rest.popFirst() {
        let numbers = rest.prefix { !$0.isLetter }
        rest = rest.dropFirst(numbers.count)
        if command != "H", let last = numbers.split(separator: " ").last {
            result += [Double(last)].compactMap(\.self)
        }
    }
    return result
}

@Test("the picture of a run is well-formed and the same bytes as the reference")
func goldenRun() throws {
    let svg = ExampleRun.picture(seconds: 120).svg()
    #expect(try Golden.text("run.svg", produced: svg) == svg)
    let markup = try Markup(svg)
    #expect(markup.all("clipPath").count == 3)
    #expect(markup.all("rect").first?.attributes["fill"] == "#ffffff")
}

@Test("a figure with bands and wrapped legends is the same bytes as the reference")
func goldenBand() throws {
    let times = (0..<12).map { Double($0) * 0.01 }
    let middle = times.map { 20 + 400 * $0 * $0 }
    var series = [
        Series(
            "between", middle.map { $0 + 1 }, stroke: .band(lower: middle.map { $0 - 1 }), ink: .sky
        )
    ]
    for ink in Ink.allCases {
        series.append(Series("law with a long name, \(ink)", middle, ink: ink))
    }
    let panel = Panel("Distance", unit: "mm", series: series, height: 80)
    let svg = Figure(title: "Band", times: times, panels: [panel], width: 500).svg()
    #expect(try Golden.text("band.svg", produced: svg) == svg)
}

@Test("text of any kind is escaped")
func escaping() throws {
    let text = "a<b> & \"c\" 'd' \u{1} ü\n</text>"
    var figure = figure([1, 2])
    figure.title = text
    figure.subtitle = text
    figure.panels[0].label = text
    figure.panels[0].series[0].label = text
    figure.markers = [EventMarker(time: 0.2, label: text)]
    figure.intervals = [ShadedInterval(from: 0, to: 1, label: text, tint: .alarm)]
    let shown = "a<b> & \"c\" 'd' \u{fffd} ü </text>"
    let contents = try Markup(figure.svg()).elements.map(\.content).filter { $0 == shown }
    // Title twice, subtitle, heading, legend, marker and its hint, legend and strip of intervals.
    #expect(contents.count == 9)
}

@Test("a missing value breaks the line and a lone one is a dot")
func gaps() throws {
    let whole = try curve(figure([1, 2, 3, 4, 5]))
    #expect(whole.count { $0 == "M" } == 1)
    let broken = try curve(figure([1, 2, .nan, 4, .infinity, 3, 3]))
    #expect(broken.count { $0 == "M" } == 3)
    #expect(broken.contains("h0M"))
}

@Test("a step holds its value until the next sample")
func steps() throws {
    let path = try curve(figure([0, 0, 10, 10], stroke: .step))
    let commands = path.filter(\.isLetter)
    #expect(commands == "MHVH")
}

@Test("samples that go back in time, or have none, are left out")
func disorder() throws {
    var ordered = figure([1, 2, 3])
    ordered.times = [0, 1, 2]
    var disordered = figure([1, 7, 2, 9, 3])
    disordered.times = [0, -.infinity, 1, 0.5, 2]
    disordered.panels[0].range = 1...3
    ordered.panels[0].range = 1...3
    #expect(try curve(ordered) == curve(disordered))
}

@Test("a million samples fit the size limit and lose no extreme")
func decimation() throws {
    let count = 1_000_000
    var values = [Double](repeating: 0, count: count)
    for index in values.indices { values[index] = index % 2 == 0 ? -1 : 1 }
    values[123_457] = 50
    values[765_433] = -40
    var figure = figure(values)
    figure.panels[0].range = -40...50
    for _ in 0..<3 { figure.panels[0].series.append(figure.panels[0].series[0]) }
    let svg = figure.svg()
    #expect(svg.utf8.count < sizeLimitBytes)
    let frame = FigureLayout(of: figure).frames[0]
    let path = try curve(figure)
    let heights = heights(of: path)
    #expect(heights.min() == Double(Pixels.text(frame.y(50))))
    #expect(heights.max() == Double(Pixels.text(frame.y(-40))))
}

@Test("gaps narrower than a pixel do not make the picture grow")
func manyGaps() {
    let values = (0..<200_000).map { $0 % 2 == 0 ? Double.nan : Double($0 % 17) }
    #expect(figure(values).svg().utf8.count < sizeLimitBytes / 4)
}

@Test("a thousand changes of state do not make the picture grow, and no safe state is lost")
func manyStates() throws {
    var figure = figure((0..<100_000).map { Double($0 % 3) })
    figure.intervals = (0..<50_000).map {
        ShadedInterval(
            from: Double(2 * $0), to: Double(2 * $0 + 1), label: "fallback", tint: .caution)
    }
    figure.intervals.append(ShadedInterval(from: 500, to: 501, label: "safe", tint: .alarm))
    figure.markers = (0..<100_000).map { EventMarker(time: Double($0), label: "event \($0)") }
    let svg = figure.svg()
    #expect(svg.utf8.count < sizeLimitBytes)
    #expect(svg.contains("fill=\"\(Tint.alarm.fill)\""))
}

@Test("labels of markers neither overlap nor are cut by a later line")
func markerLanes() {
    let page = PanelFrame(
        left: 0, top: 0, width: 800, height: 1, times: ValueSpan(low: 0, high: 800),
        values: ValueSpan(low: 0, high: 1))
    let markers = [(10.0, "load off"), (30, "silent"), (400, "alone"), (795, "at the edge")]
    let lanes = MarkerLanes(markers.map { EventMarker(time: $0.0, label: $0.1) }, frame: page)
    #expect(lanes.places.map(\.lane) == [1, 0, 0, 0])
    #expect(lanes.places.map(\.isLeftward) == [false, false, false, true])
    #expect(lanes.count == 2)
}

@Test(
    "values without sense still give a well-formed picture",
    arguments: [
        [], [.nan], [.infinity, -.infinity], [1e308, -1e308], [5], [1e15, -1e15], [1e-300, 2e-300],
        [-0.0, 0],
    ] as [[Double]])
func nonsense(values: [Double]) throws {
    var picture = RunPicture(
        title: "", unit: "", commandUnit: "", commandRange: 5...5, times: values, setpoint: values,
        measurement: values, command: [])
    picture.forgetGate = values
    picture.states = [.safe, .learned]
    picture.markers = values.map { EventMarker(time: $0, label: "x") }
    var figure = picture.figure
    figure.panels.append(
        Panel(
            "band", unit: "",
            series: [Series("", values, stroke: .band(lower: [0, 0]), ink: .sky)],
            range: -(.infinity)...1))
    #expect(try Markup(figure.svg()).all("svg").count == 1)
}

@Test("states become intervals that meet, and curves without values are left out")
func runPicture() {
    var picture = RunPicture(
        title: "", unit: "C", commandUnit: "%", times: [0, 1, 2, 3], setpoint: [1, 1, 1, 1],
        measurement: [0, 0, 0, 0], command: [])
    picture.states = [.learned, .learned, .safe, .fallback]
    let intervals = picture.figure.intervals
    #expect(intervals.map(\.from) == [0, 2, 3])
    #expect(intervals.map(\.to) == [2, 3, 3])
    #expect(picture.figure.panels.count == 2)
    #expect(picture.figure.panels[1].series.isEmpty)
}
