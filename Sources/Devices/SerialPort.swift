import Glibc

/// An open serial line: raw, 8N1, used by this owner alone, closed when the owner lets go.
///
/// Every call ends at its deadline. It says nothing about what is at the other end.
package struct SerialPort<Calls: TerminalCalls>: ~Copyable {
    package let calls: Calls
    private let held: OpenLine<Calls>
    private var received = SerialChunk()

    /// Opens the line by its path. Opening raises DTR, which resets boards with auto-reset.
    package init(path: String, baud: UInt32, calls: Calls) throws(SerialFault) {
        do {
            held = OpenLine(descriptor: try calls.open(path, baud: baud), calls: calls)
        } catch {
            throw .notOpened(errno: error.errno)
        }
        self.calls = calls
    }

    /// Throws away what was received and not taken, and what was written and not sent.
    package mutating func flush() throws(SerialFault) {
        received.removeAll()
        do {
            try calls.flush(held.descriptor)
        } catch {
            throw .gone(errno: error.errno)
        }
    }

    /// Writes all bytes.
    package mutating func write(
        _ line: ProtocolLine, deadlineNanoseconds: UInt64
    ) throws(SerialFault) {
        var sent = 0
        while sent < line.count {
            do {
                sent += try calls.write(held.descriptor, line.bytes.extracting(sent...))
            } catch {
                guard error.errno == EAGAIN else { throw .gone(errno: error.errno) }
                guard try wait(for: .writable, deadlineNanoseconds) else { throw .timedOut }
            }
        }
    }

    /// The next byte.
    package mutating func nextByte(deadlineNanoseconds: UInt64) throws(SerialFault) -> UInt8 {
        while true {
            if let byte = received.take() { return byte }
            guard try wait(for: .readable, deadlineNanoseconds) else { throw .timedOut }
            do {
                try calls.read(held.descriptor, into: &received)
            } catch {
                guard error.errno == EAGAIN else { throw .gone(errno: error.errno) }
                continue
            }
            // Readable without bytes is a hang-up.
            guard !received.isEmpty else { throw .gone(errno: 0) }
        }
    }

    /// Whether there is nothing to take at this moment.
    package func isQuiet() throws(SerialFault) -> Bool {
        guard received.isEmpty else { return false }
        return try !wait(for: .readable, 0)
    }

    private func wait(
        for interest: TerminalInterest, _ deadlineNanoseconds: UInt64
    ) throws(SerialFault) -> Bool {
        do {
            return try calls.wait(
                held.descriptor, for: interest, untilNanoseconds: deadlineNanoseconds)
        } catch {
            throw .gone(errno: error.errno)
        }
    }
}
