/// One number that shapes a plant: its name in a configuration, its default and its limits.
package struct PlantParameter: Sendable, Equatable {
    /// Lower case, with the unit as suffix where it has one: `dead_time_s`.
    package let name: String
    package let summary: String
    /// The unit, `1` for none.
    package let unit: String
    package let defaultValue: Double
    package let range: ClosedRange<Double>
    /// A count, such as an order: fractions are refused.
    package let isWhole: Bool

    package init(
        _ name: String, _ summary: String, unit: String = "1", default defaultValue: Double,
        in range: ClosedRange<Double>, isWhole: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.defaultValue = defaultValue
        self.range = range
        self.isWhole = isWhole
    }

    /// Every plant can be given a dead time; an hour is the limit.
    static func deadTime(default seconds: Double) -> PlantParameter {
        PlantParameter(
            "dead_time_s", "dead time at the input", unit: "s", default: seconds, in: 0...3600)
    }

    /// A gain may not be zero, and its sign is the process's own: reverse action is the law's.
    static func gain(default gain: Double) -> PlantParameter {
        PlantParameter("gain", "steady gain", default: gain, in: 1e-3...1000)
    }

    /// A time constant in seconds.
    static func time(_ name: String, _ summary: String, default seconds: Double) -> PlantParameter {
        PlantParameter(name, summary, unit: "s", default: seconds, in: 1e-3...100_000)
    }
}
