import Glibc

/// A published rule: from a low-order model to the gains of a PI or PID.
///
/// K is the gain, L the dead time, T the time constant of a first-order model with dead time; an
/// integrating process has its velocity gain and L. Every PID filters its derivative with td / 10.
/// A second lag goes by the half rule for SIMC; the others read the model's own step response.
package enum TuningRule: String, CaseIterable, Sendable {
    /// Skogestad, J. Process Control 13 (2003) 291-309, tau_c = L ("tight"): kp = T / (2 K L),
    /// ti = min(T, 8 L); integrating kp = 1 / (2 K L), ti = 8 L. Two lags by the half rule.
    case simcPI
    /// The same paper for two lags, series form turned into the ideal one: kp' = T1 / (2 K L),
    /// ti' = min(T1, 8 L), td' = T2.
    case simcPID
    /// Astrom and Hagglund, J. Process Control 14 (2004) 635-650, and *Advanced PID Control*
    /// (2006), section 7.4: Ms 1.4 for the PI.
    case amigoPI
    /// The same for the PID.
    case amigoPID
    /// Ziegler and Nichols, Trans. ASME 64 (1942) 759-768, from the step: a = K L / T (K L when
    /// integrating), kp = 0.9 / a, ti = L / 0.3.
    case zieglerNicholsStepPI
    /// kp = 1.2 / a, ti = 2 L, td = L / 2.
    case zieglerNicholsStepPID
    /// The same paper, from the ultimate gain and period: kp = 0.45 Ku, ti = Tu / 1.2.
    case zieglerNicholsUltimatePI
    /// kp = 0.6 Ku, ti = Tu / 2, td = Tu / 8.
    case zieglerNicholsUltimatePID
    /// Tyreus and Luyben, Ind. Eng. Chem. Res. 31 (1992) 2625-2628: kp = Ku / 3.2 (0.31 Ku),
    /// ti = 2.2 Tu.
    case tyreusLuybenPI
    /// Luyben and Luyben, *Essentials of Process Control* (1997): kp = Ku / 2.2, ti = 2.2 Tu,
    /// td = Tu / 6.3.
    case tyreusLuybenPID

    /// The name as the literature has it.
    package var title: String {
        switch self {
        case .simcPI: "SIMC PI"
        case .simcPID: "SIMC PID"
        case .amigoPI: "AMIGO PI"
        case .amigoPID: "AMIGO PID"
        case .zieglerNicholsStepPI: "Ziegler-Nichols step PI"
        case .zieglerNicholsStepPID: "Ziegler-Nichols step PID"
        case .zieglerNicholsUltimatePI: "Ziegler-Nichols ultimate PI"
        case .zieglerNicholsUltimatePID: "Ziegler-Nichols ultimate PID"
        case .tyreusLuybenPI: "Tyreus-Luyben PI"
        case .tyreusLuybenPID: "Tyreus-Luyben PID"
        }
    }

    /// Share of td that filters the derivative.
    private static let filterShare = 0.1

    /// The gains for a model.
    ///
    /// - Throws: `noSolution` when the model has no dead time that the rule can divide by, or no
    ///   ultimate gain.
    package func gains(for model: ProcessModel) throws(TuningFault) -> PIDGains {
        switch self {
        case .zieglerNicholsUltimatePI, .zieglerNicholsUltimatePID, .tyreusLuybenPI,
            .tyreusLuybenPID:
            return try gains(for: UltimatePoint(of: try model.transferFunction))
        case .simcPID: return try simcPID(model)
        default: break
        }
        let reduced =
            self == .simcPI || model.lags.count == (model.isIntegrating ? 0 : 1)
            ? try model.reducedToFirstOrder
            : try ProcessModel.fromStepResponse(of: try model.transferFunction)
        let (gain, dead) = (reduced.gain, reduced.deadTimeSeconds)
        guard dead > 0 else {
            throw .noSolution("\(title) divides by the dead time, and the model has none")
        }
        guard let lag = reduced.lags.first else {
            return integrating(gain: gain, dead: dead)
        }
        return firstOrder(gain: gain, lag: lag, dead: dead)
    }

    /// The gains from an ultimate gain and period, for the rules that need no more.
    package func gains(for point: UltimatePoint) throws(TuningFault) -> PIDGains {
        let (gain, period) = (point.gain, point.periodSeconds)
        switch self {
        case .zieglerNicholsUltimatePI: return pid(0.45 * gain, ti: period / 1.2)
        case .zieglerNicholsUltimatePID: return pid(0.6 * gain, ti: period / 2, td: period / 8)
        case .tyreusLuybenPI: return pid(gain / 3.2, ti: 2.2 * period)
        case .tyreusLuybenPID: return pid(gain / 2.2, ti: 2.2 * period, td: period / 6.3)
        default: throw .noSolution("\(title) needs a model, not an ultimate gain")
        }
    }

    private func firstOrder(gain k: Double, lag t: Double, dead l: Double) -> PIDGains {
        switch self {
        case .amigoPI:
            let sum = (l + t) * (l + t)
            return pid(
                0.15 / k + (0.35 - l * t / sum) * t / (k * l),
                ti: 0.35 * l + 13 * l * t * t / (t * t + 12 * l * t + 7 * l * l))
        case .amigoPID:
            return pid(
                (0.2 + 0.45 * t / l) / k, ti: l * (0.4 * l + 0.8 * t) / (l + 0.1 * t),
                td: 0.5 * l * t / (0.3 * l + t))
        case .zieglerNicholsStepPI: return pid(0.9 * t / (k * l), ti: l / 0.3)
        case .zieglerNicholsStepPID: return pid(1.2 * t / (k * l), ti: 2 * l, td: l / 2)
        default: return pid(t / (2 * k * l), ti: min(t, 8 * l))
        }
    }

    private func integrating(gain k: Double, dead l: Double) -> PIDGains {
        switch self {
        case .amigoPI: pid(0.35 / (k * l), ti: 13.4 * l)
        case .amigoPID: pid(0.45 / (k * l), ti: 8 * l, td: 0.5 * l)
        case .zieglerNicholsStepPI: pid(0.9 / (k * l), ti: l / 0.3)
        case .zieglerNicholsStepPID: pid(1.2 / (k * l), ti: 2 * l, td: l / 2)
        default: pid(1 / (2 * k * l), ti: 8 * l)
        }
    }

    private func simcPID(_ model: ProcessModel) throws(TuningFault) -> PIDGains {
        let dead = model.deadTimeSeconds
        guard dead > 0 else {
            throw .noSolution("\(title) divides by the dead time, and the model has none")
        }
        let (kp, ti, td): (Double, Double, Double)
        if model.isIntegrating {
            (kp, ti, td) = (1 / (2 * model.gain * dead), 8 * dead, model.lags.first ?? 0)
        } else {
            kp = model.lags[0] / (2 * model.gain * dead)
            ti = min(model.lags[0], 8 * dead)
            td = model.lags.count > 1 ? model.lags[1] : 0
        }
        let factor = 1 + td / ti
        return pid(kp * factor, ti: ti * factor, td: td / factor)
    }

    private func pid(_ kp: Double, ti: Double, td: Double = 0) -> PIDGains {
        PIDGains(
            kp: kp, tiSeconds: ti, tdSeconds: td, tfSeconds: td * Self.filterShare)
    }
}
