package import Tuning

/// A linear process that is no chain of lags, normalised: its states, its dead time, and the model
/// of low order that stands for it wherever a rule wants gain, lags and dead time.
package struct LinearProcess: Codable, Equatable, Sendable {
    package var space: StateSpace
    /// Seconds.
    package var deadTime: Double
    package var linearised: ChainModel

    /// Samples of the step response that the model is fitted to, and the time that they span, in
    /// time scales.
    private static let samples = 400
    private static let timeScales = 8.0
    /// Doublings of that time until the response has come to rest.
    private static let doublings = 24

    /// Finds the model by a step on the process, as `flyball tune` does.
    ///
    /// - Parameter timeScaleSeconds: any time of the process; it is doubled until the step response
    ///   rests, or rises evenly.
    /// - Throws: when the process does not react, or is unstable.
    package init(
        _ space: StateSpace, deadTime: Double, timeScaleSeconds: Double
    ) throws(TuningFault) {
        self.space = space
        self.deadTime = deadTime
        var seconds = Self.timeScales * (timeScaleSeconds + deadTime)
        for _ in 0..<Self.doublings {
            let response = Self.stepResponse(space, deadTime: deadTime, seconds: seconds)
            guard response.allSatisfy(\.isFinite) else {
                throw .unusableProcess("its step response grows beyond all bounds")
            }
            if Self.hasSettled(response) {
                let found = try Self.identify(response, seconds: seconds)
                linearised = ChainModel(
                    gain: found.gain, lags: found.lags, deadTime: found.deadTimeSeconds,
                    isIntegrating: found.isIntegrating)
                return
            }
            seconds *= 2
        }
        throw .unusableProcess("its step response neither comes to rest nor rises evenly")
    }

    private static func stepResponse(
        _ space: StateSpace, deadTime: Double, seconds: Double
    ) -> [Double] {
        let sampled = SampledStateSpace(
            space, deadTimeSeconds: deadTime, periodSeconds: seconds / Double(samples))
        var state = [Double](repeating: 0, count: sampled.order)
        return (0..<samples).map { sample in
            let output = zip(sampled.c, state).reduce(0) { $0 + $1.0 * $1.1 }
            let now = sample >= sampled.delay ? 1.0 : 0
            let before = sample > sampled.delay ? 1.0 : 0
            var next = sampled.transition.times(state)
            for row in next.indices {
                next[row] += sampled.now[row] * now + sampled.before[row] * before
            }
            state = next
            return output
        }
    }

    /// Whether the last eighth is as steep as the one before it, to 1 % of the whole.
    private static func hasSettled(_ response: [Double]) -> Bool {
        let eighth = response.count / 8
        let last = response[response.count - 1] - response[response.count - 1 - eighth]
        let earlier =
            response[response.count - 1 - eighth] - response[response.count - 1 - 2 * eighth]
        let size = response.map(\.magnitude).max() ?? 0
        guard size > 0, abs(last - earlier) < 0.002 * size else { return false }
        let tail = response.suffix(2 * eighth)
        let swing = (tail.max() ?? 0) - (tail.min() ?? 0)
        return swing < 0.004 * size || abs(swing - abs(last + earlier)) < 0.004 * size
    }

    private static func identify(
        _ response: [Double], seconds: Double
    ) throws(TuningFault) -> ProcessModel {
        var recording = Recording()
        let period = seconds / Double(samples)
        // A tenth of the time at rest, so that the step is in the recording.
        let still = samples / 10
        do {
            for sample in -still..<samples {
                try recording.append(
                    time: Double(sample + still) * period, command: sample < 0 ? 0 : 1,
                    measurement: sample < 0 ? 0 : response[sample])
            }
        } catch {
            throw .unusableProcess("its step response: \(error)")
        }
        return try Identification(recording).model
    }
}

extension StateSpace {
    /// The relative of a process: gain scaled, and all times by the factor of the first lag.
    func varied(_ variation: PlantVariation) -> StateSpace {
        let rate = 1 / variation.lags[0]
        return StateSpace(
            a: a.scaled(by: rate), b: b.map { $0 * rate }, c: c.map { $0 * variation.gain },
            d: d * variation.gain)
    }
}
