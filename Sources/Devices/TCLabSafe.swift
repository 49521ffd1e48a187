import Glibc

/// Turns the heaters of a TCLab off without a daemon, its state or its configuration.
package enum TCLabSafe {
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
