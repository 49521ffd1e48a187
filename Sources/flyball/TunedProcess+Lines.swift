import Assembly
import Pictures

extension TunedProcess {
    /// The process as `[loop.process]` of a configuration; nothing for one that integrates, whose rules
    /// of response must be stated.
    func lines(unit: String, outputUnit: String) -> String? {
        guard !isIntegrating, (1...2).contains(lagsSeconds.count), !outputUnit.isEmpty else {
            return nil
        }
        func number(_ value: Double) -> String { NumberText.significant(value) }
        let second = lagsSeconds.count > 1 ? "second_lag_s = \(number(lagsSeconds[1]))\n" : ""
        return """
            [loop.process]
            gain = "\(number(gain)) \(unit)/\(outputUnit)"
            lag_s = \(number(lagsSeconds[0]))
            \(second)dead_time_s = \(number(deadTimeSeconds))
            rest = "\(number(outputAtRest)) \(unit)"
            """
    }
}
