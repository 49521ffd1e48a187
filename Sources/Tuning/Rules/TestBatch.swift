/// The processes on which Astrom and Hagglund developed their rules.
///
/// J. Process Control 14 (2004) 635-650, and *PID Controllers: Theory, Design, and Tuning*, 2nd
/// ed., p. 227; nine families, 133 processes as their parameters are listed. The book counts 134;
/// with n = 2 in family 4 it would be, and that process is here apart from the 133.
///
/// Family 8 is uncertain. A public transcription that cites the book has `exp(-a s) / (s + 1)^3`.
/// In the authors' other collection, *Benchmark systems for PID control* (IFAC PID'00), the family
/// with three equal lags has a zero in the right half plane, `(1 - a s) / (s + 1)^3`. Neither
/// original was at hand, so the question stays open: the zero is the form of the 133, the dead time
/// stands beside it, and both run.
package struct TestBatch: Sendable {
    /// One process of the batch, in seconds and without units.
    package struct Process: Sendable {
        /// `P1` ... `P9`, `P8d` for the dead-time form of P8.
        package let family: String
        /// As the baselines name it: `T=0.1`, `T=5,L1=0.3`.
        package let parameters: String
        package let transferFunction: TransferFunction
    }

    /// The 133, in the order of the families.
    package let processes: [Process]
    /// The eleven of P8 with dead time, and P4 with n = 2.
    package let others: [Process]

    package init() throws(TuningFault) {
        processes =
            try Self.deadTimeFamilies() + Self.lagFamilies() + Self.integratingFamilies()
            + Self.zeroFamily() + Self.pairFamily()
        others = try Self.otherForms()
    }

    private static func deadTimeFamilies() throws(TuningFault) -> [Process] {
        var found: [Process] = []
        for t in [
            0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.3, 1.5, 2, 4, 6, 8, 10, 20, 50, 100, 200,
            500, 1000,
        ] {
            found.append(
                try process("P1", "T=\(text(t))", lags: [t], deadTime: 1))
        }
        for t in [
            0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.3, 1.5, 2, 4, 6, 8, 10, 20, 50, 100,
            200, 500,
        ] {
            found.append(
                try process("P2", "T=\(text(t))", lags: [t, t], deadTime: 1))
        }
        return found
    }

    private static func lagFamilies() throws(TuningFault) -> [Process] {
        var found: [Process] = []
        for t in [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 2, 5, 10] {
            found.append(try process("P3", "T=\(text(t))", lags: [1, t, t]))
        }
        for n in 3...8 {
            found.append(
                try process("P4", "n=\(n)", lags: [Double](repeating: 1, count: n)))
        }
        for tenths in 1...9 {
            let a = Double(tenths) / 10
            found.append(try process("P5", "a=\(text(a))", lags: [1, a, a * a, a * a * a]))
        }
        return found
    }

    private static func integratingFamilies() throws(TuningFault) -> [Process] {
        let dead = [0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0]
        var found: [Process] = []
        for l in dead {
            found.append(
                try process(
                    "P6", "L1=\(l)", lags: [1 - l], deadTime: l, integrators: 1))
        }
        for t in [1.0, 2, 5, 10] {
            for l in dead {
                found.append(
                    try process(
                        "P7", "T=\(text(t)),L1=\(l)", gain: t, lags: [t, 1 - l], deadTime: l))
            }
        }
        return found
    }

    private static func zeroFamily() throws(TuningFault) -> [Process] {
        var found: [Process] = []
        for tenths in 1...11 {
            let a = Double(tenths) / 10
            found.append(
                Process(
                    family: "P8", parameters: "a=\(a)",
                    transferFunction: try TransferFunction(gain: 1, lags: [1, 1, 1], zero: -a)))
        }
        return found
    }

    private static func pairFamily() throws(TuningFault) -> [Process] {
        var found: [Process] = []
        for tenths in 1...10 {
            let t = Double(tenths) / 10
            found.append(
                Process(
                    family: "P9", parameters: "T=\(t)",
                    transferFunction: try TransferFunction(
                        gain: 1, lags: [1], pair: (naturalSeconds: t, damping: 0.7))))
        }
        return found
    }

    private static func otherForms() throws(TuningFault) -> [Process] {
        var found = [try process("P4", "n=2", lags: [1, 1])]
        for tenths in 1...11 {
            let a = Double(tenths) / 10
            found.append(try process("P8d", "a=\(a)", lags: [1, 1, 1], deadTime: a))
        }
        return found
    }

    private static func process(
        _ family: String, _ parameters: String, gain: Double = 1, lags: [Double],
        deadTime: Double = 0, integrators: Int = 0
    ) throws(TuningFault) -> Process {
        Process(
            family: family, parameters: parameters,
            transferFunction: try TransferFunction(
                gain: gain, lags: lags, integrators: integrators, deadTimeSeconds: deadTime))
    }

    /// A parameter as it is written: whole numbers without a point.
    private static func text(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}
