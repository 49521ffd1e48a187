/// Tells the record from which tick on a revision of the configuration is in force.
struct RevisionNotice: BitwiseCopyable, Sendable {
    let number: UInt32
    let firstTick: UInt64
}
