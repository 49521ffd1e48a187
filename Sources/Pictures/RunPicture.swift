/// The picture of a run of one loop: what was asked for and measured, what was commanded, and what
/// the gates of the cell did, over a ground that shows which law acted.
///
/// All lists belong to `times`, index by index; a missing value is `.nan`. An empty list leaves its
/// curve out, and the gates' panel appears only when there is a gate.
package struct RunPicture: Equatable, Sendable {
    package var title: String
    package var subtitle = ""
    /// What the sensor measures, for the heading of the first panel.
    package var quantity: String
    /// Unit of setpoint, measurement and estimate.
    package var unit: String
    /// Unit of the command and the integrator.
    package var commandUnit: String
    /// Range of the actuator; nil fits the panel to the values.
    package var commandRange: ClosedRange<Double>?

    /// Seconds, ascending.
    package var times: [Double]
    package var setpoint: [Double]
    package var measurement: [Double]
    package var estimate: [Double] = []
    /// What was applied to the plant, after the limiter.
    package var command: [Double]
    /// The integrator's share of the command, in the command's unit.
    package var integrator: [Double] = []
    /// Mean gates over the units of the cell, 0...1.
    package var inputGate: [Double] = []
    package var forgetGate: [Double] = []
    package var outputGate: [Double] = []
    /// The state at each time; empty draws no ground.
    package var states: [RunState] = []
    package var markers: [EventMarker] = []

    package init(
        title: String, quantity: String = "Measurement", unit: String, commandUnit: String,
        commandRange: ClosedRange<Double>? = nil, times: [Double], setpoint: [Double],
        measurement: [Double], command: [Double]
    ) {
        self.title = title
        self.quantity = quantity
        self.unit = unit
        self.commandUnit = commandUnit
        self.commandRange = commandRange
        self.times = times
        self.setpoint = setpoint
        self.measurement = measurement
        self.command = command
    }

    /// The figure behind the picture, for those who add panels of their own.
    package var figure: Figure {
        var panels = [
            Panel(quantity, unit: unit, series: measuredSeries, height: 220),
            Panel(
                "Command", unit: commandUnit, series: commandSeries, range: commandRange,
                height: 130),
        ]
        if !gateSeries.isEmpty {
            panels.append(
                Panel(
                    "Gates of the cell, mean", unit: "", series: gateSeries, range: 0...1,
                    height: 110))
        }
        return Figure(
            title: title, subtitle: subtitle, times: times, panels: panels, intervals: intervals,
            markers: markers)
    }

    /// The picture as the text of an SVG file.
    package func svg() -> String {
        figure.svg()
    }

    /// The stretches of equal state: each ends where the next begins, the last at the last time.
    var intervals: [ShadedInterval] {
        var result: [ShadedInterval] = []
        var open: (state: RunState, from: Double)?
        var latest = -Double.infinity
        for (time, state) in zip(times, states) where time.isFinite && time >= latest {
            latest = time
            if let open, open.state == state { continue }
            if let open { result.append(interval(open.state, from: open.from, to: time)) }
            open = (state, time)
        }
        if let open { result.append(interval(open.state, from: open.from, to: latest)) }
        return result
    }

    private var measuredSeries: [Series] {
        [
            Series("measurement", measurement, ink: .sky),
            Series("estimate", estimate, ink: .blue),
            Series("setpoint", setpoint, stroke: .dashed, ink: .black),
        ].filter { !$0.values.isEmpty }
    }

    private var commandSeries: [Series] {
        [
            Series("integrator", integrator, ink: .purple),
            Series("applied", command, stroke: .step, ink: .green),
        ].filter { !$0.values.isEmpty }
    }

    private var gateSeries: [Series] {
        [
            Series("input i", inputGate, ink: .blue),
            Series("forget f", forgetGate, ink: .vermilion),
            Series("output o", outputGate, ink: .green),
        ].filter { !$0.values.isEmpty }
    }

    private func interval(_ state: RunState, from: Double, to: Double) -> ShadedInterval {
        ShadedInterval(from: from, to: to, label: state.label, tint: state.tint)
    }
}
