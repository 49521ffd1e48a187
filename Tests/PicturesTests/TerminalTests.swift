import Testing

@testable import Pictures

private func exampleChart(seconds: Int) -> TerminalChart {
    let run = ExampleRun.picture(seconds: seconds)
    var chart = TerminalChart(
        title: "heater: t1", unit: "C", commandUnit: "%", commandRange: 0...100)
    for index in run.times.indices {
        chart.append(
            TerminalSample(
                time: run.times[index], setpoint: run.setpoint[index],
                measurement: run.measurement[index], command: run.command[index]))
    }
    chart.status = "learned"
    return chart
}

@Test("the terminal chart is the same characters as the reference")
func goldenChart() throws {
    let chart = exampleChart(seconds: 120).render(width: 80, height: 24) + "\n"
    #expect(try Golden.text("chart.txt", produced: chart) == chart)
}

@Test(
    "the chart fills its height and stays in its width", arguments: [(30, 10), (80, 24), (211, 57)])
func chartSize(width: Int, height: Int) {
    let lines = exampleChart(seconds: 600).render(width: width, height: height).split(
        separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == height)
    #expect(lines.allSatisfy { $0.count <= width })
}

@Test("a chart without samples, or without room, is one line")
func chartWithoutRoom() {
    let empty = TerminalChart(title: "", unit: "", commandUnit: "", commandRange: 0...1)
    #expect(empty.render(width: 80, height: 24) == "no sample yet")
    let narrow = exampleChart(seconds: 10).render(width: 12, height: 24)
    #expect(narrow == "t 9.0 s  set")
}

@Test("the state stays within 80 columns for a day")
func stateWithinTheLine() {
    var chart = TerminalChart(title: "", unit: "C", commandUnit: "%", commandRange: 0...100)
    chart.status = "learned (nominal)"
    for time in [0, 999.9, 1_000, 86_400] {
        chart.append(TerminalSample(time: time, setpoint: 50, measurement: 49.876, command: 12.34))
        let line = chart.render(width: 80, height: 24).split(separator: "\n").last
        #expect(line?.hasSuffix("  learned (nominal)") == true)
    }
}

@Test("missing values leave the plot empty and the line says so")
func missingSamples() {
    var chart = TerminalChart(
        title: "t", unit: "C", commandUnit: "%", commandRange: -(.infinity) ... .infinity)
    chart.append(TerminalSample(time: 0, setpoint: .nan, measurement: .nan, command: .infinity))
    chart.append(TerminalSample(time: 1, setpoint: 1, measurement: .nan, command: .nan))
    #expect(chart.render(width: 40, height: 12).contains("measured nan C"))
}

@Test("colour changes nothing but the colour")
func colour() {
    var chart = exampleChart(seconds: 200)
    let plain = chart.render(width: 60, height: 20)
    chart.usesColour = true
    let coloured = chart.render(width: 60, height: 20)
    var stripped = coloured
    for code in ["36", "33", "32", "2", "0"] {
        stripped = stripped.split(separator: "\u{1b}[\(code)m", omittingEmptySubsequences: false)
            .joined()
    }
    #expect(coloured != plain)
    #expect(stripped == plain)
}

@Test("only the latest samples are kept")
func capacity() {
    var chart = TerminalChart(title: "", unit: "", commandUnit: "", commandRange: 0...1)
    for index in 0..<10_000 {
        chart.append(
            TerminalSample(time: Double(index), setpoint: 0, measurement: 0, command: 0))
    }
    #expect(chart.samples.count <= TerminalChart.capacity)
    #expect(chart.samples.last?.time == 9_999)
}

@Test("on a terminal each update repaints in place and the end shows the cursor again")
func repainting() {
    var view = TerminalView(
        mode: .repaint(width: 40, height: 12), chart: exampleChart(seconds: 20))
    #expect(view.opening == "\u{1b}[?25l\u{1b}[2J\u{1b}[H")
    let sample = TerminalSample(time: 20, setpoint: 1, measurement: 2, command: 3)
    let frame = view.update(sample, status: "safe")
    #expect(frame.hasPrefix("\u{1b}[H"))
    #expect(frame.hasSuffix("\u{1b}[K\u{1b}[J"))
    #expect(frame.unicodeScalars.count { $0 == "\n" } == 11)
    #expect(view.closing.contains("\u{1b}[?25h"))
}

@Test("into a pipe goes one plain line for every so many samples")
func plainLines() {
    let chart = TerminalChart(title: "", unit: "C", commandUnit: "%", commandRange: 0...100)
    var view = TerminalView(mode: .lines(every: 3), chart: chart)
    let written = (0..<7).map { index in
        view.update(
            TerminalSample(time: Double(index), setpoint: 50, measurement: 49.876, command: 12.34),
            status: "learned")
    }
    #expect(written.map(\.isEmpty) == [false, true, true, false, true, true, false])
    #expect(
        written[3] == "t 3.0 s  setpoint 50.00 C  measured 49.88 C  command 12.3 %  learned\n")
    #expect(view.opening + view.closing == "")
}
