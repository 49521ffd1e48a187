import Testing

@testable import Pictures

@Test(
    "ticks are round numbers inside the span",
    arguments: [
        (0.0, 100.0, 5, ["0", "20", "40", "60", "80", "100"]),
        (0, 1, 4, ["0.00", "0.25", "0.50", "0.75", "1.00"]),
        (22.7, 51.3, 8, ["25", "30", "35", "40", "45", "50"]),
        (-0.3, 0.3, 6, ["-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2", "0.3"]),
        (0, 3e7, 3, ["0", "1.000e7", "2.000e7", "3.000e7"]),
    ])
func ticks(low: Double, high: Double, limit: Int, expected: [String]) {
    #expect(Ticks(span: ValueSpan(low: low, high: high), limit: limit).labels == expected)
}

@Test("a span rounded out keeps its values and has a tick at each end")
func roundedOut() {
    let span = Ticks.roundedOut(ValueSpan(low: 22.7, high: 51.3), limit: 8)
    #expect(span == ValueSpan(low: 20, high: 55))
    #expect(Ticks(span: span, limit: 8).values.first == 20)
    #expect(Ticks(span: span, limit: 8).values.last == 55)
}

@Test(
    "the time axis is in seconds, minutes or hours by the length of the run",
    arguments: [
        (120.0, "s", ["0", "20", "40", "60", "80", "100", "120"]),
        (1_800, "min", ["0", "5", "10", "15", "20", "25", "30"]),
        (90, "s", ["0", "20", "40", "60", "80"]),
        (86_400, "h", ["0", "4", "8", "12", "16", "20", "24"]),
        (864_000, "h", ["0", "48", "96", "144", "192", "240"]),
    ])
func timeAxis(length: Double, unit: String, labels: [String]) {
    let axis = TimeAxis(span: ValueSpan(low: 0, high: length), limit: 7)
    #expect(axis.unit == unit)
    #expect(axis.ticks.labels == labels)
}

@Test("a constant has a span around it, and no value has none")
func degenerateSpans() {
    let constant = ValueSpan(of: [[50, .nan, 50]])
    #expect(constant == ValueSpan(low: 47.5, high: 52.5))
    #expect(ValueSpan(of: [[.nan, .infinity, 1e300]]) == nil)
}
