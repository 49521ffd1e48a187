import Control
import Episodes
import FixedPoint
package import ModelFile
package import Simulation
import Training

/// A board's scenario in the product's own loop: the simulated plant behind the ports, the
/// supervisor between the laws, as a configuration of the board has them.
package struct BoardRun: Sendable {
    package let scenario: BoardScenario

    package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        case simulation(SimulationFault)
        case model(ModelFault)
        /// A value that fixed point cannot hold.
        case range(String)

        package var description: String {
            switch self {
            case .simulation(let fault): "\(fault)"
            case .model(let fault): "\(fault)"
            case .range(let what): "\(what) cannot be held in fixed point"
            }
        }
    }

    /// Of the configuration of the board: `configs/tclab.toml`.
    private static let bridgeTicks: UInt32 = 3
    private static let recoverTicks: UInt32 = 10
    private static let retryTicks: UInt32 = 60
    private static let maxRate = 20.0
    /// From the top of the sensor's range down to the protective limit, in parts of the span.
    private static let limitShare = 0.25

    package init(_ scenario: BoardScenario) {
        self.scenario = scenario
    }

    private var periodSeconds: Double { scenario.process.family.periodSeconds }

    /// Every variant, every law, every seed.
    ///
    /// - Parameter model: the learned law; only PIDs run when it is nil.
    package func run(_ model: Model?, report: (Double) -> Void) throws(Fault) -> BoardScore {
        var rows: [BoardScore.Row] = []
        let total = Double(scenario.rivals.count + 1)
        if let model {
            rows.append(
                BoardScore.Row(law: "law", variants: try variants(scenario.rivals[0], model)))
        }
        for (index, rival) in scenario.rivals.enumerated() {
            report(Double(index + 1) / total)
            rows.append(BoardScore.Row(law: rival.name, variants: try variants(rival, nil)))
        }
        return BoardScore(scenario, rows)
    }

    private func variants(
        _ pid: BoardScenario.Rival, _ model: Model?
    ) throws(Fault) -> [BoardScore.Cell] {
        var cells: [BoardScore.Cell] = []
        for variant in scenario.variants {
            var runs: [BoardFigures] = []
            for seed in scenario.seeds {
                runs.append(try figures(variant, pid, model, seed: seed))
            }
            cells.append(
                BoardScore.Cell(variant: variant.name, figures: BoardFigures.mean(runs)))
        }
        return cells
    }

    // MARK: One run

    private func figures(
        _ variant: BoardScenario.Variant, _ pid: BoardScenario.Rival, _ model: Model?, seed: UInt64
    ) throws(Fault) -> BoardFigures {
        let plant = try plant(variant, seed: seed)
        let parameters = try parameters(pid)
        let instance: ControllerInstance
        do throws(ModelFault) {
            instance = try ControllerInstance(parameters: parameters, model: model)
        } catch {
            throw .model(error)
        }
        var sensor = SimulatedSensor(plant, index: 0)
        var actuator = SimulatedActuator(plant, index: 0)
        let requested: SupervisorState = model == nil ? .fallback : .learned
        let count = Int((scenario.durationSeconds / periodSeconds).rounded())
        let step = sample(scenario.setpointAtSeconds)
        let load = sample(scenario.loadAtSeconds)
        var (setpoints, outputs, commands): ([Double], [Double], [Double]) = ([], [], [])
        var strays = 0
        for tick in 0..<count {
            let setpoint = tick < step ? scenario.setpointBefore : scenario.setpoint
            guard let target = Q16_16(setpoint) else { throw .range("the setpoint") }
            setpoints.append(setpoint)
            outputs.append(plant.truth(ofSensor: 0))
            let record = instance.loop.tick(
                TickInput(
                    tick: UInt64(tick), timeNanoseconds: plant.nowNanoseconds, missedPeriods: 0,
                    reading: nil, readFault: nil, actuatorFault: nil, target: target,
                    requested: requested),
                sensor: &sensor, actuator: &actuator)
            commands.append(record.output.doubleValue)
            if record.state != requested.rawValue { strays += 1 }
            plant.advance()
        }
        var figures = BoardFigures(
            periodSeconds: periodSeconds, setpoint: setpoints, output: outputs, command: commands,
            step: max(1, step), load: load)
        figures.strayTicks = Double(strays)
        return figures
    }

    private func sample(_ seconds: Double) -> Int { Int((seconds / periodSeconds).rounded()) }

    private func plant(
        _ variant: BoardScenario.Variant, seed: UInt64
    ) throws(Fault) -> SimulatedPlant {
        let unit = scenario.process.units.commandUnit
        let delay = Int((variant.delaySeconds / periodSeconds).rounded())
        do throws(SimulationFault) {
            return try SimulatedPlant(
                Scenario(
                    plant: scenario.plant, parameters: variant.parameters,
                    periodSeconds: periodSeconds, seed: seed,
                    sensors: [
                        SensorModel(
                            output: 0, noise: scenario.noise, quantum: scenario.quantum)
                    ],
                    actuators: [
                        ActuatorModel(input: 0, range: 0...unit, start: 0, delayTicks: delay)
                    ],
                    disturbances: [
                        Disturbance(
                            startSeconds: scenario.loadAtSeconds, durationSeconds: .infinity,
                            kind: .load(
                                input: scenario.loadInput - 1, shape: .step(scenario.load)))
                    ]))
        } catch {
            throw .simulation(error)
        }
    }

    private func parameters(_ pid: BoardScenario.Rival) throws(Fault) -> LoopParameters {
        let units = scenario.process.units
        let (low, span) = (units.outputLow, units.outputSpan)
        let top = low + span
        guard let bottom = Q16_16(low), let high = Q16_16(top),
            let measurement = EngineeringRange(low: bottom, high: high),
            let most = Q16_16(units.commandUnit),
            let output = EngineeringRange(low: Q16_16(bits: 0), high: most),
            let limit = Q16_16(top - Self.limitShare * span), let rate = Q16_16(Self.maxRate)
        else { throw .range("the range of the board") }
        return LoopParameters(
            index: 0, measurementRange: measurement, limitLow: bottom, limitHigh: limit,
            maxRatePerSecond: rate, maxAgeNanoseconds: UInt64(5 * periodSeconds * 1e9),
            outputRange: output, safeLevel: Q16_16(bits: 0), slewPerTick: Q3_28.one.bits,
            rampPerTick: 0, pid: try gains(pid),
            supervisor: SupervisorLimits(
                bridgeTicks: Self.bridgeTicks, recoverTicks: Self.recoverTicks,
                retryTicks: Self.retryTicks, actuatorFaultTicks: 3, implausibleTicks: 3,
                overrunTicks: 0, overrunWindowTicks: 1), holdsOnOverrun: false)
    }

    private func gains(_ pid: BoardScenario.Rival) throws(Fault) -> PIDParameters {
        let period = periodSeconds
        let scale = scenario.process.units.outputSpan / scenario.process.units.commandUnit
        let kp = pid.kp * scale
        guard let proportional = Gain(kp), let integral = Gain(kp * period / pid.ti),
            let derivative = Gain(kp * pid.td / period),
            let filter = Gain(period / (pid.tf + period)), let open = Gain(1),
            let tracking = Gain(min(1, period / pid.tt))
        else { throw .range("gains of \(pid.name)") }
        return PIDParameters(
            proportional: proportional, integral: integral, derivative: derivative,
            derivativeFilter: filter, measurementFilter: open, setpointWeight: open,
            tracking: tracking)
    }
}
