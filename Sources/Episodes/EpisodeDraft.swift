import Simulation

/// Setpoint and load of one episode while they are drawn up.
package struct EpisodeDraft {
    package let samples: Int
    package let levels: EpisodeLevels
    private let family: PlantFamily
    package var random: EpisodeRandom
    package var setpoint: [Double]
    package var load: [Double]
    /// Measurement noise against that of the family.
    package var noise = 1.0

    init(samples: Int, levels: EpisodeLevels, family: PlantFamily, random: EpisodeRandom) {
        self.samples = samples
        self.levels = levels
        self.family = family
        self.random = random
        setpoint = [Double](repeating: levels.start, count: samples)
        load = [Double](repeating: 0, count: samples)
    }

    /// Places in an episode of another length than 320 are stretched.
    private func at(_ sample: Int) -> Int { sample * samples / 320 }

    // MARK: Test classes

    package mutating func apply(_ signal: SignalClass) {
        switch signal {
        case .steps: steps(load: loadStep(0.05...0.12))
        case .smallSteps:
            steps(load: loadStep(0.05...0.12))
            scale(0.1)
        case .ramp: ramp(from: 30, during: 120, to: levels.end)
        case .sineLoad:
            for sample in 0..<samples {
                load[sample] = 0.06 * Sine.value(turns: Double(sample) / 80)
            }
        case .walkLoad: walk(step: 0.008, limit: 0.12)
        case .sineSetpoint:
            let wanted = levels.end >= levels.start ? 0.2 : -0.2
            // To the other side where it would leave the range.
            let swing = family.setpoints.contains(levels.start + wanted) ? wanted : -wanted
            for sample in 0..<samples {
                let turns = Double(max(sample - 20, 0)) / 100
                let cosine = Sine.value(turns: turns + 0.25)
                setpoint[sample] = levels.start + swing * (1 - cosine) / 2
            }
        case .loadPulse:
            for sample in 0..<samples {
                if sample > 60 && sample < 75 { load[sample] = 0.1 }
                if sample > 180 && sample < 240 { load[sample] = -0.06 }
            }
        }
    }

    /// To the middle level at once, and a load after a quarter of the time, which the actuator can
    /// bear.
    mutating func hold(load size: Double) {
        let bearable = self.bearable(size * random.sign(), margin: 0.03)
        for sample in 30..<samples {
            setpoint[sample] = levels.middle
            if sample >= samples / 4 { load[sample] = bearable }
        }
    }

    // MARK: Training

    package mutating func applyMixture() {
        let choice = random.uniform(0...1)
        // The sensor of some is better than that of the family.
        if random.uniform(0...1) < 0.3 { noise = random.logUniform(0.03...1) }
        if choice < 0.35 {
            steps(load: wideLoadStep())
        } else if choice < 0.53 {
            steps(load: wideLoadStep())
            scale(random.logUniform(0.04...0.6))
        } else if choice < 0.6 {
            hold(load: wideLoadStep())
            scale(random.logUniform(0.02...1))
        } else if choice < 0.73 {
            let start = random.integer(20...40)
            ramp(from: start, during: random.uniform(40...200), to: levels.end)
        } else if choice < 0.86 {
            sine(amplitude: random.logUniform(0.01...0.12), period: random.logUniform(25...250))
        } else {
            walk(step: random.logUniform(0.001...0.015), limit: 0.15)
        }
    }

    // MARK: Pieces

    private mutating func loadStep(_ range: ClosedRange<Double>) -> Double {
        let size = random.sign() * random.uniform(range)
        return isIntegrating ? 2 * size : size
    }

    private mutating func wideLoadStep() -> Double {
        bearable(random.sign() * random.uniform(0.04...0.28), margin: 0.04)
    }

    private var isIntegrating: Bool { family.linearised.isIntegrating }

    /// The load, or its opposite where the command that holds against it were out of range.
    private func bearable(_ size: Double, margin: Double) -> Double {
        let needed = levels.middleCommand - size
        let high = family.commandLow + family.commandSpan
        return needed > high - margin || needed < family.commandLow + margin ? -size : size
    }

    private mutating func steps(load size: Double) {
        let first = random.integer(22...31)
        let loaded = at(random.integer(115...129))
        let second = at(random.integer(212...227))
        for sample in first..<samples {
            setpoint[sample] = sample < second ? levels.middle : levels.end
        }
        for sample in loaded..<samples { load[sample] = size }
    }

    private mutating func scale(_ factor: Double) {
        for sample in 0..<samples {
            setpoint[sample] = levels.start + factor * (setpoint[sample] - levels.start)
            load[sample] *= factor
        }
    }

    private mutating func ramp(from start: Int, during length: Double, to end: Double) {
        for sample in 0..<samples {
            let part = min(max(Double(sample - start) / length, 0), 1)
            setpoint[sample] = levels.start + part * (end - levels.start)
        }
    }

    private mutating func sine(amplitude: Double, period: Double) {
        let phase = random.uniform(0...1)
        let first = Sine.value(turns: phase)
        for sample in 0..<samples {
            load[sample] =
                amplitude * (Sine.value(turns: Double(sample) / period + phase) - first)
        }
    }

    private mutating func walk(step: Double, limit: Double) {
        var sum = 0.0
        for sample in 0..<samples {
            sum += random.normal() * step
            load[sample] = min(max(sum, -limit), limit)
        }
    }
}
