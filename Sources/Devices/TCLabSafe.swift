import Glibc

/// Turns the heaters of a TCLab off without a daemon, its state or its configuration.
package enum TCLabSafe {
    /// What turns the heaters off without anybody who listens; the first line end closes a command that
    /// was cut.
    package static let lastWords = Array("\nX\nQ1 0\nQ2 0\n".utf8)

    /// Opens the line, which resets a board with auto-reset and so turns its heaters off, and sends
    /// what turns them off until the board confirms it.
    ///
    /// Waits for a line in use, because its user may just be ending; tries both speeds. Ends within
    /// ten seconds.
    package static func drive(path: String) throws(TCLabSafeFault) {
        try drive(path: path, calls: SystemTerminalCalls())
    }

    package static func drive<Calls: TerminalCalls>(
        path: String, calls: Calls
    ) throws(TCLabSafeFault) {
        let busyLimit = calls.nowNanoseconds + TCLabTiming.busyLimit
        for baud in [UInt32(115_200), 9_600] {
            var conversation = TCLabConversation(
                port: try open(path, baud, calls, busyLimit),
                deadlineNanoseconds: TCLabTiming.stopRequest, monitor: TCLabMonitor())
            if conversation.shutDown(withinNanoseconds: TCLabTiming.safeLimit) { return }
        }
        throw .unconfirmed
    }

    /// Opens the line of a board that did not confirm a stop, and again when it breaks, until the
    /// heaters are confirmed to be off or the time is up; whether they are.
    static func insist<Calls: TerminalCalls>(
        path: String, baud: UInt32, calls: Calls, untilNanoseconds limit: UInt64
    ) -> Bool {
        while calls.nowNanoseconds < limit {
            do throws(SerialFault) {
                var conversation = TCLabConversation(
                    port: try SerialPort(path: path, baud: baud, calls: calls),
                    deadlineNanoseconds: TCLabTiming.stopRequest, monitor: TCLabMonitor())
                let left = limit - min(limit, calls.nowNanoseconds)
                if conversation.shutDown(withinNanoseconds: left) { return true }
            } catch {
                // Gone, or not back yet: opened again below.
            }
            calls.sleep(
                untilNanoseconds: min(limit, calls.nowNanoseconds + TCLabTiming.firstRetry))
        }
        return false
    }

    private static func open<Calls: TerminalCalls>(
        _ path: String, _ baud: UInt32, _ calls: Calls, _ busyLimit: UInt64
    ) throws(TCLabSafeFault) -> SerialPort<Calls> {
        while true {
            do {
                return try SerialPort(path: path, baud: baud, calls: calls)
            } catch .notOpened(let errno) {
                guard errno == EBUSY, calls.nowNanoseconds < busyLimit else {
                    throw .notOpened(errno: errno)
                }
                calls.sleep(untilNanoseconds: calls.nowNanoseconds + TCLabTiming.firstRetry)
            } catch {
                throw .unconfirmed
            }
        }
    }
}
