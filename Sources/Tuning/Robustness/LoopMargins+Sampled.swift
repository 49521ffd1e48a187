extension LoopMargins {
    /// Of a law that samples, on a sampled linear process.
    ///
    /// - Parameters:
    ///   - originPoles: poles at z = 1 of law and process together.
    ///   - slowestSeconds: the time over which nothing changes any more: the integrators dominate.
    ///   - law: from the measurement to the command, sign turned, at an angle in radians a sample.
    package init(
        sampled process: SampledStateSpace, periodSeconds: Double, originPoles: Int,
        slowestSeconds: Double, law: (Double) -> Complex
    ) {
        self.init(
            frequencies: Self.frequencies(periodSeconds, slowestSeconds: slowestSeconds),
            originPoles: originPoles, delaySeconds: Double(process.delay + 1) * periodSeconds
        ) { frequency in
            let angle = frequency * periodSeconds
            return law(angle) * process.response(at: angle)
        }
    }

    /// The same where it is not known whether the process integrates: at the lower end its response
    /// shows it. An integrator that the output does not see is none.
    ///
    /// - Parameter lawPoles: poles at z = 1 of the law.
    package init(
        sampled process: SampledStateSpace, periodSeconds: Double, lawPoles: Int,
        slowestSeconds: Double, law: (Double) -> Complex
    ) {
        let low = Self.frequencies(periodSeconds, slowestSeconds: slowestSeconds).lowerBound
        let size = { (frequency: Double) in
            process.response(at: frequency * periodSeconds).magnitude
        }
        // Twice as large of an integrator, as large of a process that is at rest there.
        let isIntegrating = size(low / 2) > 1.5 * size(low)
        self.init(
            sampled: process, periodSeconds: periodSeconds,
            originPoles: lawPoles + (isIntegrating ? 1 : 0), slowestSeconds: slowestSeconds,
            law: law)
    }

    /// Of the PID as it runs, behind its filter on the measurement, on a process of which only that
    /// it is linear is known.
    ///
    /// - Parameters:
    ///   - filterSeconds: time of that filter; 0 is none.
    ///   - slowestSeconds: of the process.
    package init(
        _ gains: PIDGains, filterSeconds: Double, on process: SampledStateSpace,
        periodSeconds: Double, slowestSeconds: Double
    ) {
        let share = periodSeconds / (filterSeconds + periodSeconds)
        self.init(
            sampled: process, periodSeconds: periodSeconds, lawPoles: gains.ki != 0 ? 1 : 0,
            slowestSeconds: slowestSeconds + gains.tiSeconds + filterSeconds
        ) { angle in
            let delay = Complex(magnitude: 1, phase: -angle)
            let filter = Complex(share) / (Complex(1) - (1 - share) * delay)
            return filter
                * gains.sampledResponse(at: angle / periodSeconds, periodSeconds: periodSeconds)
        }
    }

    private static func frequencies(
        _ periodSeconds: Double, slowestSeconds: Double
    ) -> ClosedRange<Double> {
        let high = Double.pi / periodSeconds
        return min(1e-3 / slowestSeconds, high / 10)...high
    }
}
