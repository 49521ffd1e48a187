import Foundation

/// Measures the arithmetic of the cell and prints one table.
///
/// Exit codes: 0 all within limits, 1 a limit exceeded, 2 usage.
@main
struct Arithmetic {
    private static let usage = """
        usage: arithmetic [--short] [--json]
          --short   fewer arguments, ticks and turns: for every commit
          --json    one object instead of the table
        """

    static func main() throws {
        let options = Set(CommandLine.arguments.dropFirst())
        guard options.isSubset(of: ["--short", "--json"]) else {
            Progress.say(usage)
            exit(2)
        }
        let isShort = options.contains("--short")
        var report = Report(isShort: isShort)
        report.add(try GoldenBenchmark.measure())
        report.add(try ErrorBenchmark.measure())
        report.add(try RetentionBenchmark.measure(isShort: isShort))
        report.add(ActivationBenchmark.measure(isShort: isShort))
        report.add(SettlingBenchmark.measure())
        report.add(try StepBenchmark.measure(isShort: isShort))
        print(options.contains("--json") ? try report.json() : report.table())
        exit(report.isWithinLimits ? 0 : 1)
    }
}
