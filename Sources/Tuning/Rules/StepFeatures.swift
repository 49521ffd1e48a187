import Glibc

extension ProcessModel {
    /// Steps of the response that are looked at.
    private static let stepCount = 20_000

    /// What Astrom and Hagglund read off a step response: gain, apparent dead time L where the
    /// steepest tangent leaves the start, and T = T63 - L (*Advanced PID Control*, 2006, section
    /// 2.7).
    ///
    /// An integrating process has no steepest place: L is where its final tangent leaves, and there
    /// is no T. The tangent is found to about 1e-4 of the time scale.
    package static func fromStepResponse(
        of process: TransferFunction
    ) throws(TuningFault) -> ProcessModel {
        let dead = process.deadTimeSeconds
        let rational = try TransferFunction(
            numerator: process.numerator, denominator: process.denominator)
        let gain = process.gain
        switch rational.integratorCount {
        case 0: break
        case 1:
            // Where the final ramp leaves: d/ds of the rest, the sum of lags less the zeros.
            let lag =
                rational.denominator.count > 2
                ? rational.denominator[2] / rational.denominator[1] : 0
            let zero =
                rational.numerator.count > 1
                ? rational.numerator[1] / rational.numerator[0] : 0
            return try ProcessModel(
                gain: gain, lags: [], deadTimeSeconds: dead + lag - zero, isIntegrating: true)
        default: throw .unusableProcess("a process with more than one integrator")
        }
        let (tangent, rise) = try features(of: rational)
        return try ProcessModel(
            gain: gain, lags: [rise - tangent], deadTimeSeconds: dead + tangent)
    }

    /// Where the steepest tangent leaves the start, and when 63 % is reached, without dead time.
    private static func features(
        of process: TransferFunction
    ) throws(TuningFault) -> (tangent: Double, rise: Double) {
        let reached = 1 - exp(-1.0)
        // Eight time scales hold the whole rise of any lags that are not oscillating.
        let step = 8 * process.timeScaleSeconds / Double(stepCount)
        let response = process.stepResponse(count: stepCount, periodSeconds: step)
            .map { $0 / process.gain }
        guard let risen = response.firstIndex(where: { $0 >= reached }), risen > 0 else {
            throw .unusableProcess("its step response does not reach 63 % in eight time scales")
        }
        let (low, high) = (response[risen - 1], response[risen])
        let rise = (Double(risen - 1) + (reached - low) / (high - low)) * step
        var steepest = 1
        var slope = 0.0
        for index in 1..<stepCount where response[index] - response[index - 1] > slope {
            slope = response[index] - response[index - 1]
            steepest = index
        }
        // The chord's middle lies on the tangent to second order; a first-order lag is steepest at
        // once.
        if steepest == 1 { return (0, rise) }
        let middle = (response[steepest] + response[steepest - 1]) / 2
        let tangent = (Double(steepest) - 0.5 - middle / slope) * step
        return (max(0, tangent), rise)
    }
}
