package import Configuration
package import Episodes
import Tuning

/// A plant as a file gives it: its family, normalised, and the units of the file.
package struct PlantCase: Equatable, Sendable {
    package var family: PlantFamily
    package var units = PlantUnits()

    /// A plant of the catalog has its own units, every other one parts of its ranges.
    package init(_ family: PlantFamily) {
        self.family = family
        guard case .catalog(let plant) = family.process else { return }
        units.outputLow = plant.low
        units.outputSpan = plant.span
        units.commandUnit = plant.inputUnit
    }

    /// Reads a file with one plant.
    package init(path: String) throws(ConfigurationError) {
        try self.init(try loadTable(path: path), path: path)
    }

    /// The same of a parsed file; `path` is the name that messages use.
    package init(_ table: TOMLTable, path: String) throws(ConfigurationError) {
        try self.init(TableReader(path: path, table), isFile: true)
    }

    /// Reads one table of a suite.
    init(_ reader: TableReader) throws(ConfigurationError) {
        try self.init(reader, isFile: false)
    }

    private init(_ reader: TableReader, isFile: Bool) throws(ConfigurationError) {
        if isFile {
            guard try reader.integer("schema", 1...1) != nil else {
                throw reader.fault("schema", "missing", "1")
            }
        }
        try reader.requireKnown(PlantForm.keys + Self.ownKeys + (isFile ? ["schema"] : []))
        let name = try reader.fileName("name")
        if let catalog = try reader.text("catalog") {
            self.init(try Self.catalog(catalog, name, reader))
        } else {
            try self.init(reader, name: name)
        }
    }

    /// A plant that the table itself describes.
    private init(_ reader: TableReader, name: String) throws(ConfigurationError) {
        let form = try PlantForm(reader)
        units = try Self.units(reader, isIntegrating: form.isIntegrating)
        let command = try Self.commandRange(reader, isIntegrating: form.isIntegrating)
        let process = try form.process(
            reader, scale: units.commandUnit / units.outputSpan)
        family = PlantFamily(name: name, process: process, periodSeconds: 1)
        family.isBipolar = command.lowerBound < 0
        family.periodSeconds = try Self.period(reader, family.linearised)
        if !form.isIntegrating {
            let atZero =
                try reader.number("output_at_zero", Self.values) ?? units.outputLow
            let gain = family.linearised.gain
            let rest =
                units.normalised(output: atZero) + gain
                * (family.isBipolar ? 0 : command.lowerBound / units.commandUnit)
            family.standingLoad = rest / gain
        } else if reader.table["output_at_zero"] != nil {
            throw reader.fault("output_at_zero", "not used with an integrating process")
        }
        try readEpisodes(reader)
    }

    static let values = -1e6...1e6
    private static let ownKeys = [
        "name", "catalog", "period_s", "setpoints", "noise", "quantum", "effort_weight",
        "output_range", "command_range", "output_at_zero",
    ]
    /// Setpoints that a plant gets when its file names none: of the reach of the actuator, and at
    /// most of the span.
    private static let usualReach = (low: 0.16, high: 0.6)
    private static let usualSetpoints = 0.2...0.75

    // MARK: Parts

    private static func catalog(
        _ word: String, _ name: String, _ reader: TableReader
    ) throws(ConfigurationError) -> PlantFamily {
        guard let plant = CatalogPlant(rawValue: word) else {
            let names = CatalogPlant.allCases.map(\.rawValue)
            throw reader.fault(
                "catalog", "the text \"\(word.prefix(40))\"",
                "one of \(names.joined(separator: ", "))")
        }
        try reader.refuse(
            PlantForm.keys + ownKeys.filter { $0 != "name" && $0 != "catalog" },
            beside: "catalog")
        var family = plant.family
        family.name = name
        return family
    }

    private static func units(
        _ reader: TableReader, isIntegrating: Bool
    ) throws(ConfigurationError) -> PlantUnits {
        var units = PlantUnits()
        if let range = try reader.interval("output_range", values) {
            units.outputLow = range.lowerBound
            units.outputSpan = range.upperBound - range.lowerBound
        }
        let command = try commandRange(reader, isIntegrating: isIntegrating)
        units.commandZero = max(0, command.lowerBound)
        units.commandUnit =
            command.lowerBound < 0
            ? command.upperBound : command.upperBound - command.lowerBound
        return units
    }

    private static func commandRange(
        _ reader: TableReader, isIntegrating: Bool
    ) throws(ConfigurationError) -> ClosedRange<Double> {
        let usual = isIntegrating ? -1.0...1 : 0.0...1
        guard let range = try reader.interval("command_range", values) else { return usual }
        guard range.lowerBound >= 0 || range.lowerBound == -range.upperBound else {
            throw reader.fault(
                "command_range", "\(range.lowerBound) and \(range.upperBound)",
                "a low end of 0 or more, or of minus the high end")
        }
        guard range.lowerBound < 0 || !isIntegrating else {
            throw reader.fault(
                "command_range", "\(range.lowerBound) and \(range.upperBound)",
                "both signs: an integrating process cannot come down otherwise")
        }
        return range
    }

    /// The sample time that the file states, or that the dynamics ask for.
    private static func period(
        _ reader: TableReader, _ model: ChainModel
    ) throws(ConfigurationError) -> Double {
        if let stated = try reader.number("period_s", 1e-4...86_400) {
            guard model.deadTime / stated <= 2_000 else {
                throw reader.fault(
                    "period_s", "\(stated)", "at least a 2000th of the dead time")
            }
            return stated
        }
        let period = model.samplePeriod
        guard period > 0, period.isFinite else {
            throw reader.fault("period_s", "missing", "needed: nothing else gives a sample time")
        }
        return period
    }

    private mutating func readEpisodes(_ reader: TableReader) throws(ConfigurationError) {
        let span = units.outputSpan
        if let noise = try reader.number("noise", 0...(0.1 * span)) { family.noise = noise / span }
        if let step = try reader.number("quantum", 0...(0.1 * span)) {
            family.quantum = step / span
        }
        family.effortWeight = try reader.number("effort_weight", 0...1_000, default: 0.3)
        let reach = reachable
        if let wanted = try reader.interval("setpoints", Self.values) {
            let low = units.normalised(output: wanted.lowerBound)
            let high = units.normalised(output: wanted.upperBound)
            guard low >= reach.lowerBound, high <= reach.upperBound else {
                throw reader.fault(
                    "setpoints", "\(wanted.lowerBound) and \(wanted.upperBound)",
                    "within \(units.output(reach.lowerBound)) to "
                        + "\(units.output(reach.upperBound)): the range that the command reaches")
            }
            family.setpoints = low...high
            return
        }
        family.setpoints = try usualSetpoints(reader, reach)
    }

    /// Outputs, within the span, that some command holds.
    private var reachable: ClosedRange<Double> {
        let model = family.linearised
        guard !model.isIntegrating else { return 0...1 }
        let rest = model.gain * family.standingLoad
        let low = rest + model.gain * family.commandLow
        return max(0, min(low, 1))...max(0, min(1, low + model.gain * family.commandSpan))
    }

    private func usualSetpoints(
        _ reader: TableReader, _ reach: ClosedRange<Double>
    ) throws(ConfigurationError) -> ClosedRange<Double> {
        let model = family.linearised
        guard !model.isIntegrating else { return Self.usualSetpoints }
        // Also a relative with three quarters of the gain shall get there.
        let low = max(
            model.gain * family.standingLoad
                + min(Self.usualSetpoints.lowerBound, Self.usualReach.low * model.gain),
            reach.lowerBound, 0.05)
        let high = min(
            model.gain * family.standingLoad
                + min(Self.usualSetpoints.upperBound, Self.usualReach.high * model.gain),
            reach.upperBound, 0.95)
        guard high - low >= 0.05 else {
            throw reader.fault(
                "setpoints", "missing",
                "needed: the command moves the output only from "
                    + "\(units.output(reach.lowerBound)) to \(units.output(reach.upperBound))")
        }
        return low...high
    }
}
