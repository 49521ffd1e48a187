import Devices
import Glibc
import Synchronization

/// A serial line in a test's hands: it records every call, answers requests as told, keeps the
/// time, and makes the calls fail that the test names.
final class ScriptedTerminal: TerminalCalls {
    enum Call: String, Sendable {
        case open, flush, read, write, wait, close
    }

    /// What comes back, and how long after the request.
    struct Answer: Sendable {
        var text: String
        var delayNanoseconds: UInt64 = 1_000_000

        static let nothing = Answer(text: "")
    }

    /// Fewer than most answers have, so that lines come in pieces.
    private static let bytesAtOnce = 7

    private struct State {
        var now: UInt64 = 1_000_000_000
        var trace: [String] = []
        var requestTimes: [UInt64] = []
        var arriving: [(time: UInt64, bytes: [UInt8])] = []
        var failures: [Call: [Int32]] = [:]
        var answer: (String) -> Answer
        var isHungUp = false
    }

    private let state: Mutex<State>

    /// - Parameter answer: gives the answer to a request, which comes without its LF.
    init(answer: sending @escaping (String) -> Answer) {
        state = Mutex(State(answer: answer))
    }

    /// Everything that was called, in order. `?` is a wait, with `!` when something had happened.
    var trace: [String] { state.withLock { $0.trace } }

    /// The requests, in order.
    var requests: [String] {
        trace.filter { $0.hasPrefix("write ") }.map { String($0.dropFirst(6)) }
    }

    /// When each request was made, of those that reached the line.
    var requestTimes: [UInt64] { state.withLock { $0.requestTimes } }

    func clearTrace() { state.withLock { $0.trace = [] } }

    /// Makes the next calls of a kind fail, one after the other; 0 lets one pass.
    func fail(_ call: Call, with errnos: Int32...) {
        state.withLock { $0.failures[call, default: []] += errnos }
    }

    /// Makes text arrive that nobody asked for.
    func send(_ text: String, afterNanoseconds delay: UInt64 = 0) {
        state.withLock { $0.arriving.append(($0.now + delay, Array(text.utf8))) }
    }

    func hangUp() { state.withLock { $0.isHungUp = true } }

    // MARK: TerminalCalls

    var nowNanoseconds: UInt64 { state.withLock { $0.now } }

    func open(_ path: String, baud: UInt32) throws(CallFault) -> Int32 {
        try record(.open, "open \(path) \(baud)")
        return 7
    }

    func close(_ descriptor: Int32) {
        state.withLock { $0.trace.append("close") }
    }

    func flush(_ descriptor: Int32) throws(CallFault) {
        try record(.flush, "flush")
        state.withLock { state in
            let now = state.now
            state.arriving.removeAll { $0.time <= now }
        }
    }

    func read(_ descriptor: Int32, into chunk: inout SerialChunk) throws(CallFault) {
        try record(.read, "read")
        let bytes = state.withLock { state -> [UInt8] in
            guard let first = state.arriving.first, first.time <= state.now else { return [] }
            return state.arriving.removeFirst().bytes
        }
        chunk.fill { span in
            for index in bytes.indices { span[index] = bytes[index] }
            return bytes.count
        }
    }

    func write(_ descriptor: Int32, _ bytes: Span<UInt8>) throws(CallFault) -> Int {
        var text = ""
        for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
        let request = String(text.dropLast())
        try record(.write, "write \(request)")
        state.withLock { state in
            state.requestTimes.append(state.now)
            state.now += 100_000
            let answer = state.answer(request)
            guard !answer.text.isEmpty else { return }
            // Answers keep their order, and a line delivers what is left of a read in the next.
            let earliest = state.arriving.last?.time ?? 0
            let time = max(earliest, state.now + answer.delayNanoseconds)
            let bytes = Array(answer.text.utf8)
            for start in stride(from: 0, to: bytes.count, by: Self.bytesAtOnce) {
                let end = min(start + Self.bytesAtOnce, bytes.count)
                state.arriving.append((time, Array(bytes[start..<end])))
            }
        }
        return bytes.count
    }

    func wait(
        _ descriptor: Int32, for interest: TerminalInterest, untilNanoseconds deadline: UInt64
    ) throws(CallFault) -> Bool {
        try record(.wait, interest == .readable ? "wait" : "wait to write")
        return state.withLock { state in
            if state.isHungUp || interest == .writable { return true }
            let limit = max(deadline, state.now)
            guard let first = state.arriving.first, first.time <= limit else {
                state.now = limit
                return false
            }
            state.now = max(state.now, first.time)
            return true
        }
    }

    func sleep(untilNanoseconds deadline: UInt64) {
        state.withLock { $0.now = max($0.now, deadline) }
    }

    private func record(_ call: Call, _ text: String) throws(CallFault) {
        let failure = state.withLock { state -> Int32 in
            state.trace.append(text)
            guard let next = state.failures[call]?.first else { return 0 }
            state.failures[call]?.removeFirst()
            return next
        }
        guard failure == 0 else { throw CallFault(errno: failure) }
    }
}
