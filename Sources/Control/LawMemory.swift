/// What both laws of a loop carry from one tick to the next: all that makes the commands of the
/// next ticks, beside what they are given.
public struct LawMemory: BitwiseCopyable, Sendable {
    public var pid: PIDMemory
    /// Of a loop with a learned law.
    public var learned: LearnedLawMemory?

    public init(pid: PIDMemory, learned: LearnedLawMemory?) {
        self.pid = pid
        self.learned = learned
    }

    public var isSound: Bool { pid.isSound && learned?.isSound ?? true }
}
