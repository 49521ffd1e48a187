/// Figures of one law in a board's scenario, of the output without noise: units of the board.
package struct BoardFigures: Codable, Equatable, Sendable {
    /// Integral of |setpoint - output| before the load.
    package var setpointError = 0.0
    /// Largest excess over the setpoint before the load.
    package var overshoot = 0.0
    /// From the setpoint's change until the output stays within 2 % of it, before the load; nil when
    /// it does not in some run.
    package var settlingSeconds: Double? = 0.0
    /// Integral of |setpoint - output| from the load on.
    package var loadError = 0.0
    /// Largest |setpoint - output| from the load on.
    package var peak = 0.0
    /// Sum of the changes of the command.
    package var totalVariation = 0.0
    /// Ticks in which the supervisor let another law act.
    package var strayTicks = 0.0

    package init() {}

    /// From one run at equally spaced samples.
    ///
    /// - Parameters:
    ///   - step: index of the sample at which the setpoint changes.
    ///   - load: index of the sample at which the load begins.
    /// - Precondition: as many numbers in each array; `0 < step < load < count`.
    package init(
        periodSeconds: Double, setpoint: [Double], output: [Double], command: [Double], step: Int,
        load: Int
    ) {
        precondition(0 < step && step < load && load < output.count)
        let goal = setpoint[step]
        let size = goal - output[step]
        let sign: Double = size < 0 ? -1 : 1
        var settled: Int? = step
        for index in output.indices {
            let error = setpoint[index] - output[index]
            if index < load {
                setpointError += error.magnitude * periodSeconds
                guard index >= step else { continue }
                overshoot = max(overshoot, -sign * error)
                if error.magnitude > 0.02 * size.magnitude { settled = index + 1 }
            } else {
                loadError += error.magnitude * periodSeconds
                peak = max(peak, error.magnitude)
            }
        }
        if settled == load { settled = nil }
        settlingSeconds = settled.map { Double($0 - step) * periodSeconds }
        for (later, earlier) in zip(command.dropFirst(), command) {
            totalVariation += (later - earlier).magnitude
        }
    }

    /// The mean of several runs.
    package static func mean(_ runs: [BoardFigures]) -> BoardFigures {
        let count = Double(max(1, runs.count))
        var result = BoardFigures()
        for run in runs {
            result.setpointError += run.setpointError / count
            result.overshoot += run.overshoot / count
            result.loadError += run.loadError / count
            result.peak += run.peak / count
            result.totalVariation += run.totalVariation / count
            result.strayTicks += run.strayTicks / count
            result.settlingSeconds = result.settlingSeconds.flatMap { sum in
                run.settlingSeconds.map { sum + $0 / count }
            }
        }
        return result
    }
}
