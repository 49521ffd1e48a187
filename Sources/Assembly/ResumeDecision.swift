package import Configuration
package import ModelFile

/// How a loop begins after what is known of the last run's end, and why.
package struct ResumeDecision: Equatable, Sendable {
    package enum Beginning: Equatable, Sendable {
        /// As if there had been no run before.
        case anew
        /// With the laws of the last run, and so far into the profile.
        case resumed(LoopResume, elapsedNanoseconds: UInt64)
        /// At the safe level until the operator orders a law.
        case held
    }

    package let beginning: Beginning
    /// In words, for the log.
    package let reason: String

    /// What a start knows.
    package struct Evidence: Sendable {
        package var endedUncleanly: Bool
        /// The last run's, if there is one that can be read.
        package var checkpoint: Checkpoint?
        /// Why there is none that can be read.
        package var fault: String?
        package var now: ClockEvidence

        package init(
            endedUncleanly: Bool, checkpoint: Checkpoint?, fault: String?, now: ClockEvidence
        ) {
            self.endedUncleanly = endedUncleanly
            self.checkpoint = checkpoint
            self.fault = fault
            self.now = now
        }

        /// What the state directory says.
        package init(directory: String, now: ClockEvidence = .now()) {
            endedUncleanly = LastStart.endedUncleanly(directory: directory)
            self.now = now
            do throws(CheckpointFault) {
                checkpoint = try Checkpoint.read(directory: directory)
            } catch {
                fault = error.reason
            }
        }
    }

    package init(_ beginning: Beginning, _ reason: String) {
        self.beginning = beginning
        self.reason = reason
    }

    /// - Parameter realPeriodSeconds: of the program's ticks; the age is counted on in the loop's.
    package init(
        _ settings: Settings, loop index: Int, model: Model?, realPeriodSeconds: Double,
        _ evidence: Evidence
    ) {
        let loop = settings.loops[index]
        guard loop.resume.policy != .never else {
            self.init(.anew, "the policy is \"never\"")
            return
        }
        guard evidence.endedUncleanly else {
            self.init(.anew, "there is no run before it that did not end in order")
            return
        }
        let found = evidence.checkpoint?.loops.first { $0.name == loop.name }
        if let found, found.isLatched || found.isHeldSafe {
            let why =
                found.isLatched ? "its safe state was latched" : "the operator had asked for it"
            self.init(.held, "the last run did not end in order, and \(why)")
            return
        }
        guard loop.resume.policy == .youngerThan else {
            self.init(.held, "the last run did not end in order, and the policy is \"ask\"")
            return
        }
        guard let checkpoint = evidence.checkpoint, let found else {
            let fault = evidence.fault ?? "the last run has left no checkpoint of it"
            self.init(.anew, "the last run did not end in order, but \(fault)")
            return
        }
        self.init(
            found, ofThis: Checkpoint.digest(settings, loop: index, model: model),
            age: checkpoint.written.age(at: evidence.now),
            limitSeconds: Double(loop.resume.maxAgeSeconds ?? 0),
            realPeriodSeconds: realPeriodSeconds * Double(loop.periodMilliseconds)
                / Double(settings.periodMilliseconds))
    }

    private init(
        _ found: Checkpoint.Loop, ofThis digest: String, age: ResumeAge, limitSeconds: Double,
        realPeriodSeconds: Double
    ) {
        func anew(_ why: String) -> ResumeDecision {
            ResumeDecision(.anew, "the last run did not end in order, but its checkpoint \(why)")
        }
        guard found.digest == digest else {
            self = anew("is of another configuration or model")
            return
        }
        guard found.isLawActing else {
            self = anew("is from a time when no law acted")
            return
        }
        switch age {
        case .doubtful(let why): self = anew("has no certain age: \(why)")
        case .seconds(let seconds) where seconds > limitSeconds:
            self = anew("is \(Int(seconds)) s old, more than max_age_s = \(Int(limitSeconds))")
        case .seconds(let seconds):
            let ticks = max(1, (limitSeconds - seconds) / realPeriodSeconds)
            let resume = LoopResume(
                memory: found.memory, withinTicks: UInt32(min(ticks, Double(UInt32.max))))
            self.init(
                .resumed(resume, elapsedNanoseconds: found.elapsedNanoseconds),
                "the last run did not end in order, and its checkpoint is \(Int(seconds)) s old")
        }
    }
}
