import Assembly
import Configuration
import Control
import ModelFile
import Service

/// What becomes of the last run's state at a start, and where this run's is kept.
struct Resumption {
    /// Of the service; `nil` when there is none or no loop wants to be resumed.
    let directory: String?
    let decisions: [ResumeDecision]

    /// Decides for each loop, begins it so, and says why.
    init(_ settings: Settings, _ controllers: Controllers, realPeriodSeconds: Double) {
        let isWanted = settings.loops.contains { $0.resume.policy != .never }
        directory = isWanted ? Log.environment("STATE_DIRECTORY") : nil
        guard isWanted, let directory else {
            decisions = settings.loops.map { _ in
                ResumeDecision(.anew, isWanted ? "there is no state directory" : "not asked for")
            }
            if isWanted {
                Log.write(
                    .warning,
                    "[loop.resume]: $STATE_DIRECTORY is not set: nothing is kept, and every start "
                        + "begins anew", .checkpointFault)
            }
            return
        }
        let evidence = ResumeDecision.Evidence(directory: directory)
        if let fault = evidence.fault {
            Log.write(.warning, "checkpoint: \(fault): not used", .checkpointFault)
        }
        var decisions: [ResumeDecision] = []
        for index in settings.loops.indices {
            var decision = ResumeDecision(
                settings, loop: index, model: controllers.models[index],
                realPeriodSeconds: realPeriodSeconds, evidence)
            if case .resumed(let resume, _) = decision.beginning,
                !resume.begin(&controllers.instances[index].loop)
            {
                decision = ResumeDecision(.anew, "the checkpoint holds the state of another law")
            }
            Self.say(decision, settings.loops[index])
            decisions.append(decision)
        }
        self.decisions = decisions
    }

    private static func say(_ decision: ResumeDecision, _ loop: LoopSettings) {
        guard loop.resume.policy != .never else { return }
        let (priority, words): (Log.Priority, String) =
            switch decision.beginning {
            case .anew: (.info, "begins anew")
            case .resumed: (.notice, "goes on where its laws were")
            case .held: (.warning, "stays at its safe level until `flyball mode` orders a law")
            }
        Log.write(
            priority, "\(loop.name): \(words): \(decision.reason)", .resumeDecided,
            fields: ["loop": loop.name])
    }

    func mode(_ loop: Int) -> OperatingMode {
        decisions[loop].beginning == .held ? .safe : .auto
    }

    /// How far into its profile the loop begins.
    func elapsedNanoseconds(_ loop: Int) -> UInt64 {
        guard case .resumed(_, let elapsed) = decisions[loop].beginning else { return 0 }
        return elapsed
    }

    /// What the record must hold.
    var resumed: [LoopResume?] {
        decisions.map { decision in
            guard case .resumed(let resume, _) = decision.beginning else { return nil }
            return resume
        }
    }

    /// From now on an end that is not in order is known by this.
    func begin() {
        guard let directory else { return }
        if let reason = LastStart.mark(directory: directory) {
            Log.write(
                .warning, "\(directory): \(reason): an unclean end will not be known",
                .checkpointFault)
        }
    }

    /// The end was in order.
    func end() {
        if let directory { LastStart.unmark(directory: directory) }
    }
}
