/// A sampled linear process with one input and several outputs, those of the loops of a cascade:
/// loops are closed from the inside out, each with a period of its own.
///
/// `x <- F x + g u`, `y_i = C_i x`. Commands that are on their way through a dead time are states
/// too. All is exact in time: a closed loop that runs several times while the one outside holds its
/// setpoint is its own matrix so many times over.
package struct SampledChain: Equatable, Sendable {
    /// States that a chain may have: a response takes the cube of it.
    package static let stateLimit = 40

    private var transition: Matrix
    private var drive: [Double]
    /// One for each output, from the inside out.
    private var rows: [[Double]]

    /// - Parameters:
    ///   - space: the process from the innermost loop's command to its measurement, without
    ///     feedthrough.
    ///   - outer: the outputs of the loops around it, over the same states, from the inside out.
    /// - Precondition: rows as long as the states.
    /// - Throws: when the dead time is so many periods that there are more than `stateLimit` states.
    package init(
        _ space: StateSpace, outer: [[Double]], deadTimeSeconds: Double, periodSeconds: Double
    ) throws(TuningFault) {
        precondition(space.d == 0 && outer.allSatisfy { $0.count == space.order })
        let sampled = SampledStateSpace(
            space, deadTimeSeconds: deadTimeSeconds, periodSeconds: periodSeconds)
        let n = space.order
        let waiting = sampled.delay + (sampled.before.allSatisfy { $0 == 0 } ? 0 : 1)
        guard n + waiting <= Self.stateLimit else {
            throw .unusableProcess(
                "the dead time is \(deadTimeSeconds) s; allowed: up to "
                    + "\(Self.stateLimit - n) periods of the innermost loop")
        }
        // State n + i is the command of i + 1 periods ago.
        transition = Matrix(rows: n + waiting, columns: n + waiting)
        drive = [Double](repeating: 0, count: n + waiting)
        for row in 0..<n {
            for column in 0..<n { transition[row, column] = sampled.transition[row, column] }
            if sampled.delay == 0 {
                drive[row] = sampled.now[row]
            } else {
                transition[row, n + sampled.delay - 1] = sampled.now[row]
            }
            if waiting > sampled.delay { transition[row, n + sampled.delay] = sampled.before[row] }
        }
        if waiting > 0 { drive[n] = 1 }
        for index in 0..<max(0, waiting - 1) { transition[n + index + 1, n + index] = 1 }
        let none = [Double](repeating: 0, count: waiting)
        rows = ([space.c] + outer).map { $0 + none }
    }

    /// From the command of the innermost loop that is still open to its measurement.
    package var process: SampledStateSpace {
        SampledStateSpace(
            transition: transition, now: drive,
            before: [Double](repeating: 0, count: drive.count), c: rows[0], delay: 0)
    }

    /// Closes that loop; what was its setpoint is then the command of the one around it, which holds
    /// it for `ticks` of its periods.
    ///
    /// - Parameter filterSeconds: time of the filter on the measurement; 0 is none.
    /// - Precondition: there is a loop around it.
    /// - Throws: when there are more than `stateLimit` states.
    package mutating func close(
        _ gains: PIDGains, filterSeconds: Double, periodSeconds: Double, ticks: Int
    ) throws(TuningFault) {
        precondition(rows.count > 1 && ticks > 0)
        let n = drive.count
        let size = n + Self.memories
        guard size <= Self.stateLimit else {
            throw .unusableProcess(
                "the loops inside have \(size) states; allowed: up to \(Self.stateLimit)")
        }
        let law = law(gains, filterSeconds: filterSeconds, periodSeconds: periodSeconds)
        // One tick of process, memories and setpoint, which stays as it is.
        var tick = Matrix(rows: size + 1, columns: size + 1)
        for column in 0...size {
            for row in 0..<n {
                let own = column < n ? transition[row, column] : 0
                tick[row, column] = own + drive[row] * law.command[column]
            }
            for row in 0..<Self.memories { tick[n + row, column] = law.memories[row][column] }
        }
        tick[size, size] = 1
        let held = tick.power(ticks)
        transition = Matrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0..<size { transition[row, column] = held[row, column] }
        }
        drive = (0..<size).map { held[$0, size] }
        rows = rows.dropFirst().map { $0 + [Double](repeating: 0, count: Self.memories) }
    }

    /// Integral, filtered measurement, filtered derivative.
    private static let memories = 3

    /// Memories and command of the law in a tick, each as a sum over the states, the memories before
    /// the tick, and the setpoint: `PIDGains.sampledResponse` with a weight of the setpoint, behind a
    /// filter `Ts / (Tm + Ts)` on the measurement.
    private func law(
        _ gains: PIDGains, filterSeconds: Double, periodSeconds: Double
    ) -> (memories: [[Double]], command: [Double]) {
        let n = drive.count
        let (integral, filtered, slope, setpoint) = (n, n + 1, n + 2, n + 3)
        let measurement = rows[0] + [Double](repeating: 0, count: Self.memories + 1)

        let share = periodSeconds / (filterSeconds + periodSeconds)
        var nextFiltered = measurement.map { share * $0 }
        nextFiltered[filtered] += 1 - share

        let derivativeShare = periodSeconds / (gains.tfSeconds + periodSeconds)
        let derivative = derivativeShare * gains.kd / periodSeconds
        var nextSlope = nextFiltered.map { -derivative * $0 }
        nextSlope[filtered] += derivative
        nextSlope[slope] += 1 - derivativeShare

        let integration = gains.ki * periodSeconds
        var nextIntegral = nextFiltered.map { -integration * $0 }
        nextIntegral[integral] += 1
        nextIntegral[setpoint] += integration

        var command = nextFiltered.indices.map {
            nextIntegral[$0] + nextSlope[$0] - gains.kp * nextFiltered[$0]
        }
        command[setpoint] += gains.kp * gains.setpointWeight
        return ([nextIntegral, nextFiltered, nextSlope], command)
    }
}
