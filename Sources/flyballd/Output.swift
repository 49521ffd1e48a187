/// What the daemon says, on standard output and on standard error.
enum Output {
    static let standard = OutputLane(descriptor: 1)
    static let error = OutputLane(descriptor: 2)

    /// From now on no reader that has stopped reading keeps the daemon from anything.
    static func decouple() {
        standard.decouple()
        error.decouple()
    }

    /// Lets out what was said; whether all of it was read in time.
    static func finish(byNanoseconds deadline: UInt64) -> Bool {
        // Errors first: they matter more, and the deadline is for both.
        let isErrorOut = error.finish(byNanoseconds: deadline)
        return standard.finish(byNanoseconds: deadline) && isErrorOut
    }
}
