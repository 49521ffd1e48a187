import Glibc

/// A process model found in a recording, with how sure it is.
///
/// Every structure is fitted, beginning at rest and not; the one with the smallest Bayesian
/// information criterion is taken. Its number of samples is that of independent ones, `N (1 - r) /
/// (1 + r)` with the correlation r of neighbouring residuals of the best fit: otherwise coloured
/// noise pays for parameters.
package struct Identification: Sendable {
    /// One structure's outcome.
    package struct Candidate: Equatable, Sendable {
        package let structure: ModelStructure
        /// 100 (1 - |y - model| / |y - mean|), in percent.
        package let fitPercent: Double
        /// Bayesian information criterion; smaller is better.
        package let criterion: Double
    }

    package let structure: ModelStructure
    package let model: ProcessModel
    package let gain: Interval
    /// The largest first.
    package let lags: [Interval]
    package let deadTime: Interval
    package let fitPercent: Double
    /// Standard deviation of what the model leaves, in the unit of the measurement.
    package let residualDeviation: Double
    /// Correlation of neighbouring residuals, 0 to 0.99: near 0 when only white noise is left.
    package let residualCorrelation: Double
    /// All structures that could be fitted, the best first.
    package let candidates: [Candidate]
    /// Seconds and values of the measurements that there were, and what the model says there.
    package let times: [Double]
    package let measured: [Double]
    package let predicted: [Double]

    /// Fewer measurements cannot tell parameters from noise.
    package static let leastMeasurements = 20
    /// A fit below this explains less than half of what moved.
    package static let leastFitPercent = 30.0
    /// Two-sided 95 % of the normal distribution.
    private static let quantile = 1.96
    /// A time constant above this many times the recording is no time constant that was seen.
    private static let longestLagShare = 3.0

    /// - Parameter structures: those that come into question.
    /// - Throws: `notInformative` with the reason when the recording does not excite or not show
    ///   the process.
    package init(
        _ recording: Recording, structures: [ModelStructure] = ModelStructure.allCases
    ) throws(TuningFault) {
        let limits = try Self.limits(recording)
        let fits = structures.flatMap { structure in
            [true, false].compactMap {
                StructureFit(structure, beginsAtRest: $0, recording, limits)
            }
        }
        guard let closest = fits.min(by: { $0.fit.sumOfSquares < $1.fit.sumOfSquares }) else {
            throw .notInformative("no model can be fitted")
        }
        let known = recording.times.indices.filter { !recording.measurements[$0].isNaN }
        measured = known.map { recording.measurements[$0] }
        times = known.map { recording.times[$0] }
        let independent =
            Double(measured.count) * Self.independence(closest.fit.residuals)
        let spread = Self.spread(measured)
        let ranked = fits.map { fit in
            (
                fit,
                Candidate(
                    structure: fit.structure,
                    fitPercent: 100 * (1 - (fit.fit.sumOfSquares / spread).squareRoot()),
                    criterion: independent * log(fit.fit.sumOfSquares / Double(known.count))
                        + Double(fit.parameterCount) * log(independent))
            )
        }.sorted { $0.1.criterion < $1.1.criterion }
        candidates = structures.compactMap { structure in
            ranked.first { $0.1.structure == structure }?.1
        }.sorted { $0.criterion < $1.criterion }
        let (chosen, candidate) = ranked[0]
        structure = chosen.structure
        fitPercent = candidate.fitPercent
        predicted = chosen.predicted
        let residuals = chosen.fit.residuals
        residualDeviation = (chosen.fit.sumOfSquares / Double(residuals.count)).squareRoot()
        residualCorrelation = ParameterCovariance.correlation(residuals)
        let deviations = ParameterCovariance(
            jacobian: chosen.jacobian, residuals: residuals
        ).deviations
        gain = Interval(value: chosen.gain, margin: Self.quantile * deviations[0])
        // The columns follow the point, whose lags may be in either order.
        lags = zip(chosen.pointLags, deviations.dropFirst())
            .map { Interval(value: $0, margin: Self.quantile * $1) }
            .sorted { $0.value > $1.value }
        deadTime = Interval(
            value: chosen.deadTimeSeconds,
            margin: Self.quantile * deviations[chosen.structure.lagCount + 1])
        model = try ProcessModel(
            gain: chosen.gain, lags: chosen.lags, deadTimeSeconds: chosen.deadTimeSeconds,
            isIntegrating: chosen.structure.isIntegrating)
        try requireMeaning(spanSeconds: (times.last ?? 0) - (times.first ?? 0))
    }

    /// Refuses what could be fitted but means nothing.
    private func requireMeaning(spanSeconds: Double) throws(TuningFault) {
        guard abs(gain.value) > gain.margin else {
            throw .notInformative(
                "the gain \(gain.value) +- \(gain.margin) cannot be told from 0: the measurement "
                    + "does not follow the command; use a larger step")
        }
        guard fitPercent >= Self.leastFitPercent else {
            throw .notInformative(
                "the best model explains \(fitPercent) % of the movement; wanted: "
                    + "\(Self.leastFitPercent) % or more")
        }
        if let slow = lags.first, !structure.isIntegrating,
            slow.value > Self.longestLagShare * spanSeconds
        {
            throw .notInformative(
                "the time constant of \(slow.value) s is longer than the recording shows; record "
                    + "for longer")
        }
    }

    /// Checks the excitation and gives what can be told apart.
    private static func limits(_ recording: Recording) throws(TuningFault) -> StructureFit.Limits {
        let known = recording.measurements.filter { !$0.isNaN }
        guard known.count >= leastMeasurements else {
            throw .notInformative(
                "\(known.count) measurements; wanted: \(leastMeasurements) or more")
        }
        guard let first = recording.commands.first,
            let change = recording.commands.firstIndex(where: { $0 != first })
        else { throw .notInformative("the command never changes") }
        guard known.contains(where: { $0 != known[0] }) else {
            throw .notInformative("the measurement never changes")
        }
        let after = zip(recording.times, recording.measurements)
            .count { $0 > recording.times[change] && !$1.isNaN }
        guard after >= leastMeasurements / 2 else {
            throw .notInformative(
                "\(after) measurements after the command changes; wanted: "
                    + "\(leastMeasurements / 2) or more")
        }
        let begin = recording.times[0]
        let end = recording.times[recording.times.count - 1]
        let typical = (end - begin) / Double(recording.times.count)
        return StructureFit.Limits(
            shortestLag: typical / 5, longestLag: 10 * (end - begin),
            longestDeadTime: (end - recording.times[change]) / 2)
    }

    private static func spread(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    /// Independent samples that a sample with these residuals is worth.
    private static func independence(_ residuals: [Double]) -> Double {
        let r = ParameterCovariance.correlation(residuals)
        return (1 - r) / (1 + r)
    }
}
