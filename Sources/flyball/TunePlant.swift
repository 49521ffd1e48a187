import Assembly
import Configuration
import Episodes
import Plants
import Simulation
import Training
import Tuning

/// The simulated plant of a configuration about the setpoint of a loop: what gains do on the
/// process itself, not on the model that was identified.
///
/// In a cascade the loops inside are closed, with the PID of the configuration, and those outside
/// are open; all stand where the outermost one's setpoint needs them.
struct TunePlant {
    private let sampled: SampledStateSpace
    private let periodSeconds: Double
    private let slowestSeconds: Double

    /// `nil` without a simulated plant.
    ///
    /// - Throws: why it has no margins: it does not stand still, or a loop inside is not stable.
    init?(
        _ settings: Settings?, loop index: Int, _ model: ProcessModel
    ) throws(TuningFault) {
        guard let settings, settings.simulation != nil else { return nil }
        periodSeconds = Self.period(settings, index)
        slowestSeconds = model.lags.reduce(model.deadTimeSeconds + periodSeconds, +)
        let chain = Self.chain(settings, around: index)
        let (point, outputs) = try Self.point(settings, chain)
        // The actuator of the simulation delays by whole periods of the program.
        let tick = Double(settings.periodMilliseconds) / 1_000
        let delay = ((settings.simulation?.commandDelaySeconds ?? 0) / tick).rounded() * tick
        let deadTime = point.deadTimeSeconds + delay
        let inner = StateSpace(a: point.space.a, b: point.space.b, c: outputs[0])
        guard chain[0] != index else {
            sampled = SampledStateSpace(
                inner, deadTimeSeconds: deadTime, periodSeconds: periodSeconds)
            return
        }
        var open = try SampledChain(
            inner, outer: Array(outputs.dropFirst()), deadTimeSeconds: deadTime,
            periodSeconds: Self.period(settings, chain[0]))
        for (loop, outer) in zip(chain.prefix { $0 != index }, chain.dropFirst()) {
            try Self.close(
                settings, loop: loop, within: outer, &open, slowestSeconds: slowestSeconds)
        }
        sampled = open.process
    }

    private static func period(_ settings: Settings, _ loop: Int) -> Double {
        Double(settings.loops[loop].periodMilliseconds) / 1_000
    }

    /// The loops of a cascade from the inside out; one loop alone without one.
    private static func chain(_ settings: Settings, around index: Int) -> [Int] {
        var chain = [index]
        while let inner = settings.loops[chain[0]].cascade?.inner.index {
            chain.insert(inner, at: 0)
        }
        while let outer = settings.outer(ofLoop: chain[chain.count - 1]) { chain.append(outer) }
        return chain
    }

    /// Where all loops of the configuration hold the plant, opened there, and the outputs that the
    /// loops of a chain look at.
    private static func point(
        _ settings: Settings, _ chain: [Int]
    ) throws(TuningFault) -> (point: OperatingPoint, outputs: [[Double]]) {
        let scenario: Scenario
        let plant: AnyPlant<Double>
        var fixed: [Double]
        do {
            scenario = try Scenario(settings, seed: nil)
            plant = try PlantCatalog.plant(
                named: scenario.plant, parameters: scenario.parameters)
            fixed = try PlantCatalog.entry(named: scenario.plant).initialInput
        } catch {
            throw .unusableProcess("\(error)")
        }
        for actuator in scenario.actuators where actuator.input < fixed.count {
            fixed[actuator.input] = actuator.start
        }
        let others = settings.loops.indices.filter { !chain.contains($0) }
        let held = ([chain[0]] + others).compactMap { place -> OperatingPoint.Held? in
            // A loop without one has the loop inside, which says what is held.
            guard let actuator = settings.loops[place].actuator else { return nil }
            let outermost = settings.loops[Self.chain(settings, around: place).last ?? place]
            return OperatingPoint.Held(
                input: scenario.actuators[actuator.index].input,
                output: scenario.sensors[outermost.sensor.index].output,
                value: outermost.setpoint)
        }
        let seen = chain.map { scenario.sensors[settings.loops[$0].sensor.index].output }
        guard held.allSatisfy({ $0.input < fixed.count }),
            (seen + held.map(\.output)).allSatisfy({ $0 < plant.outputs.count })
        else { throw .unusableProcess("the plant has not that many inputs and outputs") }
        let point = try OperatingPoint(plant, held: held, fixed: fixed)
        return (point, seen.map { point.outputs[$0] })
    }

    /// Closes a loop with the PID of the configuration.
    private static func close(
        _ settings: Settings, loop: Int, within outer: Int, _ chain: inout SampledChain,
        slowestSeconds: Double
    ) throws(TuningFault) {
        let pid = settings.loops[loop].pid
        let period = period(settings, loop)
        let gains = PIDGains(
            kp: pid.kp, tiSeconds: pid.tiSeconds, tdSeconds: pid.tdSeconds,
            tfSeconds: pid.tfSeconds, setpointWeight: pid.setpointWeight)
        let margins = LoopMargins(
            gains, filterSeconds: pid.filterSeconds, on: chain.process, periodSeconds: period,
            slowestSeconds: slowestSeconds)
        guard margins.isStable else {
            throw .unusableProcess(
                "loop \"\(settings.loops[loop].name)\", which loop "
                    + "\"\(settings.loops[outer].name)\" commands, is not stable with its PID")
        }
        try chain.close(
            gains, filterSeconds: pid.filterSeconds, periodSeconds: period,
            ticks: settings.loops[outer].periodMilliseconds
                / settings.loops[loop].periodMilliseconds)
    }

    func margins(_ gains: PIDGains) -> LoopMargins {
        LoopMargins(
            gains, filterSeconds: 0, on: sampled, periodSeconds: periodSeconds,
            slowestSeconds: slowestSeconds)
    }

    /// - Parameter scale: actuator's range over the sensor's, in which the gains are parts.
    func margins(_ gains: SamplePIDGains, ti: Double, scale: Double) -> LoopMargins {
        LoopMargins(
            sampled: sampled, periodSeconds: periodSeconds,
            lawPoles: gains.integral != 0 ? 1 : 0, slowestSeconds: slowestSeconds + ti
        ) { scale * gains.response(at: $0) }
    }
}
