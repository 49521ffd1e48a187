/// The shared horizontal axis: seconds, minutes or hours, chosen by the length of the run.
struct TimeAxis: Equatable {
    /// In seconds, whatever the labels say.
    let span: ValueSpan
    let ticks: Ticks
    /// The unit of the labels: "s", "min" or "h".
    let unit: String

    /// Steps in seconds that read well as minutes and hours.
    private static let minuteSteps: [Double] = [15, 30, 60, 120, 300, 600, 900, 1_200, 1_800]
    private static let hourSteps: [Double] = [
        900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200,
    ]
    private static let day = 86_400.0

    /// - Parameters:
    ///   - limit: most intervals between ticks that have room.
    ///   - isTime: false for any other quantity, whose numbers are shown as they are.
    init(span: ValueSpan, limit: Int, isTime: Bool = true) {
        self.span = span
        let length = span.high - span.low
        let needed = length / Double(max(1, limit))
        if length <= 300 || !isTime {
            unit = "s"
            ticks = Ticks(span: span, limit: limit)
        } else if length <= 4 * 3_600 {
            unit = "min"
            let step = TimeAxis.minuteSteps.first { $0 >= needed } ?? 3_600
            ticks = Ticks(span: span, step: step, scale: 60)
        } else {
            unit = "h"
            let step = TimeAxis.hourSteps.first { $0 >= needed }
            ticks = Ticks(
                span: span,
                step: step ?? TimeAxis.day * Ticks.niceStep(atLeast: needed / TimeAxis.day),
                scale: 3_600)
        }
    }
}
