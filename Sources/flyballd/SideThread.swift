import Realtime

/// An ordinary thread beside the loops, which run with or without it.
struct SideThread: ~Copyable {
    /// Its body looks at it.
    let stop = StopFlag()
    private var thread: RealtimeThread?

    init() { thread = nil }

    /// - Precondition: the one before has ended.
    mutating func start<Context: ~Copyable & Sendable>(
        _ name: String, _ context: consuming Context,
        body: @escaping @Sendable (consuming Context) -> Void
    ) throws(ThreadFault) {
        thread = try RealtimeThread(
            ThreadPolicy(name: name, priority: 0, locksMemory: false), context: context, body: body)
    }

    /// Asks it to end; it is waited for when this goes out of scope.
    func end() { stop.raise() }

    /// Whether it has ended, or never was, at a time until which this waits.
    func hasEnded(byNanoseconds deadline: UInt64) -> Bool {
        switch thread {
        case .none: true
        case .some(let thread): thread.hasEnded(byNanoseconds: deadline)
        }
    }

    /// Waits for it, and says whether there was one.
    mutating func join() -> Bool { thread.take() != nil }

    deinit { stop.raise() }
}
