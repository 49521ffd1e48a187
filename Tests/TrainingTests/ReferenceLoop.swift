import Control
import EpisodeReference
import Episodes
import Foundation
import ModelFile
import Training

/// The smooth cost of a law in one episode, written again in double precision, plant by plant and
/// sample by sample: what cost and gradient of the lanes are compared with.
struct ReferenceLoop {
    let family: PlantFamily
    let variations: [PlantVariation]
    let block: EpisodeBlock
    /// What a conditioned law is told in each lane; empty for another.
    var coordinates: [ProcessCoordinates] = []

    /// The weighted sum over all lanes.
    func cost(_ law: FloatLaw, _ parameters: [Double]) throws -> Double {
        var sum = 0.0
        for lane in 0..<Lanes.scalarCount where block.weight[lane] != 0 {
            sum += try Double(block.weight[lane]) * cost(law, parameters, lane: lane)
        }
        return sum
    }

    /// Slope of the cost in one direction, by central differences.
    ///
    /// In double precision the differences are right to 1e-6 of the slope: rounding is 1e-13 of the
    /// cost, and so small a step meets the edge of the clip in next to no sample.
    func slope(_ law: FloatLaw, parameter: Int) throws -> Double {
        let step = 1e-6
        var (above, below) = (law.parameters.map(Double.init), law.parameters.map(Double.init))
        above[parameter] += step
        below[parameter] -= step
        return try (cost(law, above) - cost(law, below)) / (2 * step)
    }

    private func cost(_ law: FloatLaw, _ parameters: [Double], lane: Int) throws -> Double {
        var plant = try ScalarPlant(
            family, variations[lane], output: Double(block.startOutput[lane]))
        let (low, span) = (Double(block.commandLow), Double(block.commandSpan))
        var (law, parameters) = (law, parameters)
        if !coordinates.isEmpty {
            law = law.conditioned(on: coordinates[lane])
            parameters[law.layout.logIntegral] += log(coordinates[lane].integralGain)
        }
        var loop = ScalarLaw(law, parameters)
        loop.start(output: plant.output, command: (plant.startCommand - low) / span)
        let start = plant.output
        var cost = 0.0
        var power = 0.0
        for sample in 0..<block.count {
            let setpoint = Double(block.setpoint[sample][lane])
            let noise = Double(block.noise[sample][lane])
            let error = setpoint - plant.output
            let before = loop.applied
            let measurement = plant.output + noise
            let command = loop.command(setpoint: setpoint, measurement: measurement)
            switch block.goal {
            case .tracking:
                if sample >= EpisodeBlock.settling {
                    let change = (command - before) * span
                    cost += (error * error + 1e-6).squareRoot()
                    cost += Double(block.effortWeight) * (change * change + 1e-6).squareRoot()
                }
            case .sensitivity:
                if sample >= SensitivityProbe.settling {
                    power += (measurement - start) * (measurement - start)
                }
            }
            plant.step(command: command * span + low, load: Double(block.load[sample][lane]))
        }
        if case .sensitivity(let amplitude, let limit) = block.goal {
            let sensitivity =
                (power * 2 / Double(block.count - SensitivityProbe.settling)).squareRoot()
                / Double(amplitude[lane])
            let excess = max(sensitivity - Double(limit[lane]), 0)
            cost = 200 * excess * excess / (1 + excess)
        }
        return cost
    }
}

/// A float law for one episode in double precision.
struct ScalarLaw {
    private let layout: LawLayout
    private let features: [LawFeature]
    private let parameters: [Double]
    private var hidden: [Double]
    private var cell: [Double]
    private var integral = 0.0
    private var measured = 0.0
    private var setpoint = 0.0
    private(set) var applied = 0.0
    private var appliedBefore = 0.0
    private var isFirst = true

    init(_ law: FloatLaw, _ parameters: [Double]) {
        layout = law.layout
        features = law.features
        self.parameters = parameters
        hidden = [Double](repeating: 0, count: layout.units)
        cell = hidden
    }

    mutating func start(output: Double, command: Double) {
        integral = command
        applied = command
        appliedBefore = command
        measured = output
        setpoint = output
    }

    mutating func command(setpoint next: Double, measurement: Double) -> Double {
        let inputs = features.map { feature in
            min(
                max(feature.gain * quantity(feature.source, next, measurement), -feature.reach),
                feature.reach)
        }
        let operand = inputs + hidden
        let units = layout.units
        func row(_ index: Int) -> Double {
            var sum = parameters[4 * units * layout.columns + index]
            for column in 0..<layout.columns {
                sum += parameters[index * layout.columns + column] * operand[column]
            }
            return sum
        }
        for unit in 0..<units {
            let (input, forget) = (sigmoid(row(unit)), sigmoid(row(units + unit)))
            let output = sigmoid(row(2 * units + unit))
            let next = forget * cell[unit] + input * tanh(row(3 * units + unit))
            cell[unit] = min(max(next, -16), 16)
            hidden[unit] = output * tanh(cell[unit])
        }
        let outputs = 4 * units * (layout.columns + 1)
        var (q, gate) = (0.0, parameters[parameters.count - 3])
        for unit in 0..<units {
            q += parameters[outputs + unit] * hidden[unit]
            if layout.isGated { gate += parameters[outputs + units + unit] * hidden[unit] }
        }
        let share = layout.isGated ? 2 * sigmoid(gate) : 1
        let gain = exp(parameters[parameters.count - 2])
        // Of the error, an integer's integral counts 1 / scale at most, a power of two.
        let scale = max(1, exp2(ceil(log2(layout.isGated ? 2 * gain : gain))))
        integral += gain * share * min(max(next - measurement, -1 / scale), 1 / scale)
        let wanted = integral + q
        let command = min(max(wanted, 0), 1)
        integral += sigmoid(parameters[parameters.count - 1]) * (command - wanted)
        (measured, setpoint, isFirst) = (measurement, next, false)
        (appliedBefore, applied) = (applied, command)
        return command
    }

    private func quantity(_ source: FeatureSource, _ next: Double, _ now: Double) -> Double {
        switch source {
        case .error: next - now
        case .measurementChange: isFirst ? 0 : now - measured
        case .setpointChange: isFirst ? 0 : next - setpoint
        case .commandChange: applied - appliedBefore
        case .measurement: 2 * now - 1
        case .setpoint: 2 * next - 1
        case .command: 2 * applied - 1
        case .constant: 1
        }
    }

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
