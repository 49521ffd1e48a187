import Glibc
import Pictures
import Training

/// The picture of an inspection: the traces, and the memory of every unit over them.
struct InspectFigure {
    /// Time constants in samples that the shades span, on a logarithmic scale.
    private static let shortest = 1.0
    private static let longest = 1_000.0

    static func figure(
        _ inspection: LawInspection, _ run: InspectRun, title: String
    ) -> Figure {
        let times = (0..<LawInspection.samples).map { Double($0) * inspection.periodSeconds }
        let order = run.units.map(\.unit)
        let map = HeatMap(
            rows: order.map { unit in inspection.units[unit].leak.map(Self.shade(leak:)) },
            rowLabels: order.map(String.init),
            scale: ["1 sample or less", "10", "100", "1000 or more"])
        let count = Double(max(1, inspection.units.count))
        func mean(_ value: (LawInspection.UnitTrace, Int) -> Double) -> [Double] {
            times.indices.map { sample in
                inspection.units.reduce(0) { $0 + value($1, sample) } / count
            }
        }
        let panels = [
            Panel(
                "Output", unit: "part of the span",
                series: [
                    Series("output", inspection.output, ink: .blue),
                    Series("setpoint", inspection.setpoint, stroke: .dashed, ink: .black),
                ], height: 120),
            Panel(
                "Command", unit: "part of the range",
                series: [
                    Series("integrator", inspection.integrator, ink: .purple),
                    Series("command", inspection.command, stroke: .step, ink: .green),
                ], height: 120),
            Panel("Memory of each unit, -1 / ln f in samples", unit: "", map),
            Panel(
                "Gates, mean of the units", unit: "",
                series: [
                    Series("input i", mean { $0.input[$1] }, ink: .blue),
                    Series("forget f", mean { 1 - $0.leak[$1] }, ink: .vermilion),
                    Series("output o", mean { $0.output[$1] }, ink: .green),
                ], range: 0...1, height: 90),
        ]
        func marker(_ sample: Int, _ label: String) -> EventMarker {
            EventMarker(time: Double(sample) * inspection.periodSeconds, label: label)
        }
        return Figure(
            title: title, subtitle: "on \(run.process), in the product's loop", times: times,
            panels: panels,
            markers: [
                marker(LawInspection.step, "setpoint step"), marker(LawInspection.load, "load"),
                marker(LawInspection.unload, "load ends"),
                marker(LawInspection.saturation, "beyond the actuator"),
                marker(LawInspection.release, "ends"),
            ])
    }

    /// 0 for a time constant of a sample, 1 for a thousand.
    private static func shade(leak: Double) -> Double {
        let samples = UnitMemory.timeConstant(leak: leak)
        return samples <= shortest ? 0 : min(1, log(samples / shortest) / log(longest / shortest))
    }
}
