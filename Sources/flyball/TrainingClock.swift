import FoundationEssentials
import Pictures
import Training

/// How long a training took, and how long until its law was as good as PID* on steps.
struct TrainingClock {
    /// When the whole began: the search for PID* is part of it.
    private let begun = Date()
    private var parity: StepParity?
    private var reached: (iterations: Int, seconds: Double)?

    /// Watches from here on. A training that goes on where another left off is not watched.
    mutating func watch(_ parity: StepParity) { self.parity = parity }

    mutating func note(_ progress: Trainer.Progress, _ state: TrainingState) {
        guard reached == nil, parity?.isReached(by: state) == true else { return }
        reached = (progress.done, -begun.timeIntervalSinceNow)
    }

    /// For a training that is over.
    func text() -> String {
        let whole = "trained in \(Self.seconds(-begun.timeIntervalSinceNow))"
        guard parity != nil else { return whole }
        guard let reached else { return whole + ", never as good as PID* on steps" }
        return whole
            + ", as good as PID* on steps after \(reached.iterations) iterations,"
            + " \(Self.seconds(reached.seconds))"
    }

    private static func seconds(_ seconds: Double) -> String {
        NumberText.fixed(seconds, decimals: 1) + " s"
    }
}
