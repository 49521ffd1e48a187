/// The laws of an earlier run, taken over by this one.
extension ControlLoop {
    /// What both laws carry from tick to tick.
    public var memory: LawMemory {
        let learned: LearnedLawMemory? =
            switch law {
            case .none: nil
            case .some(let law): law.memory
            }
        return LawMemory(pid: pid.memory, learned: learned)
    }

    /// Begins where the laws of an earlier run were.
    ///
    /// The output begins at the safe level all the same, and goes to the law's command at its slew
    /// rate. Until the first good measurement the laws wait with what they bring along; it is used
    /// as after missed periods, without the slopes. To be called before the first tick.
    /// - Parameter ticks: after which it is too old to be used, and the laws begin anew.
    /// - Returns: false when it is none of these laws; nothing is taken over then.
    public mutating func resume(_ memory: LawMemory, withinTicks ticks: UInt32) -> Bool {
        let isLearned =
            switch law {
            case .none: false
            case .some: true
            }
        guard memory.isSound, (memory.learned != nil) == isLearned, ticks > 0 else { return false }
        pid.restore(memory.pid)
        if let learned = memory.learned { law?.restore(learned) }
        resumeTicks = ticks
        return true
    }

    /// A tick while the laws wait.
    mutating func waitToResume(isReady: Bool, elapsedTicks: UInt32) {
        if isReady {
            resumeTicks = 0
            pid.forgetSlope()
            law?.forgetSlope()
        } else if resumeTicks > elapsedTicks {
            resumeTicks &-= elapsedTicks
        } else {
            resumeTicks = 0
            pid = PID(parameters: parameters.pid, start: safeCommand)
            law?.restart(at: safeCommand)
        }
    }
}
