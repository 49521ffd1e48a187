import CellReference

/// Integers against double precision, case by case.
///
/// `free`: the float network feeds back its own h. `forced`: it is fed the integers' h. `memory`:
/// tanh(c) of the forced run. `max` and `rms` are in units of 1.0; the span of h, -1 ... 1, is 2.0, and
/// the limits, of full scale, are held against fractions of it.
enum ErrorBenchmark {
    private static let span = 2.0
    private static let maximum = 3.05e-5
    private static let rootMeanSquare = 6e-6

    static func measure() throws -> [Finding] {
        try Golden.cases().flatMap { golden in
            Progress.say("error of \(golden.name)")
            let error = try ArithmeticError(of: golden, steps: golden.steps)
            // Extreme networks are sets of switches: their error says nothing about the arithmetic.
            let isBounded = golden.kind != "extreme"
            return [
                finding(golden.name + " free", error.free, isBounded),
                finding(golden.name + " forced", error.forced, isBounded),
                finding(golden.name + " memory", error.memory, isBounded),
            ]
        }
    }

    private static func finding(
        _ name: String, _ error: ErrorStatistics, _ isBounded: Bool
    ) -> Finding {
        Finding(
            .error, name,
            [
                Figure("max", error.maximum), Figure("rms", error.rootMeanSquare),
                Figure("max_of_span", error.maximum / span, limit: isBounded ? maximum : nil),
                Figure(
                    "rms_of_span", error.rootMeanSquare / span,
                    limit: isBounded ? rootMeanSquare : nil),
            ])
    }
}
