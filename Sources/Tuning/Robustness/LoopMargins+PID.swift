extension LoopMargins {
    /// Below this an open loop has no part in any margin: |S| within 1 % of 1, gain margins to 100.
    private static let negligible = 0.01

    /// Of a PID on a process, both in continuous time. The weight of the setpoint plays no part.
    package init(_ gains: PIDGains, on process: TransferFunction) {
        let low = 1e-3 / (process.timeScaleSeconds + gains.tiSeconds)
        let size = { (w: Double) in
            gains.response(at: w).magnitude * process.response(at: w).magnitude
        }
        // Above the last corner the open loop only falls: from up there down to where it matters.
        var high = 1e9 / process.timeScaleSeconds
        while high > 10 * low, size(high / 1.1) < Self.negligible { high /= 1.1 }
        self.init(
            frequencies: low...max(high, 10 * low),
            originPoles: process.integratorCount + (gains.ki != 0 ? 1 : 0),
            delaySeconds: process.deadTimeSeconds
        ) { gains.response(at: $0) * process.response(at: $0) }
    }

    /// Of the PID as it runs: each period, its command held until the next.
    ///
    /// - Parameter computationSeconds: from the sample to the command, added to the dead time; 0 in
    ///   the simulated loop, up to a period on a board whose sensor and output are polled.
    package init(
        _ gains: PIDGains, on process: TransferFunction, periodSeconds: Double,
        computationSeconds: Double = 0
    ) throws(TuningFault) {
        let later = try process.with(gain: 1, moreDeadTimeSeconds: computationSeconds)
        let sampled = SampledProcess(later, periodSeconds: periodSeconds)
        let low = 1e-3 / (process.timeScaleSeconds + gains.tiSeconds)
        let high = Double.pi / periodSeconds
        self.init(
            frequencies: min(low, high / 10)...high,
            originPoles: process.integratorCount + (gains.ki != 0 ? 1 : 0),
            delaySeconds: later.deadTimeSeconds + periodSeconds
        ) {
            gains.sampledResponse(at: $0, periodSeconds: periodSeconds) * sampled.response(at: $0)
        }
    }
}
