import Devices
import Glibc
import Synchronization

/// A tree of sysfs in a test's hands: every call is recorded, and calls fail as the test says.
///
/// Channels of PWM keep the kernel's rules: a duty is not longer than the period, and the polarity
/// changes only while it does not run.
final class ScriptedFiles: FileCalls {
    private struct State {
        var files: [String: String]
        var trace: [String] = []
        var failures: [String: [Int32]] = [:]
        /// What is to be read of a stream, look by look.
        var chunks: [[UInt8]] = []
    }

    private let state: Mutex<State>

    init(_ files: [String: String]) { state = Mutex(State(files: files)) }

    var trace: [String] { state.withLock { $0.trace } }

    func clearTrace() { state.withLock { $0.trace = [] } }

    subscript(path: String) -> String? {
        get { state.withLock { $0.files[path] } }
        set { state.withLock { $0.files[path] = newValue } }
    }

    /// Makes calls fail, one after the other: `read PATH`, `write PATH`, `list PATH`, `hold PATH`,
    /// `open PATH`, `read DESCRIPTOR`, `arm PATH`; 0 lets one pass.
    func fail(_ call: String, with errnos: Int32...) {
        state.withLock { $0.failures[call, default: []] += errnos }
    }

    // MARK: FileCalls

    func read(_ path: String) throws(CallFault) -> String {
        try record("read \(path)")
        guard let text = self[path] else { throw CallFault(errno: ENOENT) }
        return text
    }

    func write(_ path: String, _ text: String) throws(CallFault) {
        state.withLock { $0.trace.append("write \(path) \(text)") }
        try check("write \(path)")
        guard self[path] != nil else { throw CallFault(errno: ENOENT) }
        try keepRules(path, text)
        self[path] = text
    }

    func list(_ directory: String) throws(CallFault) -> [String] {
        try record("list \(directory)")
        let prefix = directory + "/"
        let names = state.withLock { state in
            Set(
                state.files.keys.filter { $0.hasPrefix(prefix) }.compactMap {
                    $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
                })
        }
        guard !names.isEmpty else { throw CallFault(errno: ENOENT) }
        return names.sorted()
    }

    func hold(_ path: String) throws(CallFault) -> Int32 {
        try record("hold \(path)")
        return 6
    }

    /// What comes between two looks at the stream.
    func feed(_ bytes: [UInt8]) { state.withLock { $0.chunks.append(bytes) } }

    func openStream(_ path: String) throws(CallFault) -> Int32 {
        try record("open \(path)")
        return 8
    }

    func readStream(_ descriptor: Int32, limit: Int) throws(CallFault) -> [UInt8] {
        try record("read \(descriptor)")
        return state.withLock { state in
            guard !state.chunks.isEmpty else { return [] }
            return Array(state.chunks.removeFirst().prefix(limit))
        }
    }

    func release(_ descriptor: Int32) {
        state.withLock { $0.trace.append("release \(descriptor)") }
    }

    func arm(_ path: String, _ text: String) throws(CallFault) -> Int32 {
        state.withLock { $0.trace.append("arm \(path) \(text)") }
        try check("arm \(path)")
        return 7
    }

    func disarm(_ descriptor: Int32) {
        state.withLock { $0.trace.append("disarm \(descriptor)") }
    }

    private func keepRules(_ path: String, _ text: String) throws(CallFault) {
        guard let slash = path.lastIndex(of: "/"), path.contains("/pwm") else { return }
        let number = { (file: String) in Int(self["\(path[..<slash])/\(file)"] ?? "") ?? 0 }
        let isAllowed =
            switch path[slash...] {
            case "/period": (Int(text) ?? 0) >= number("duty_cycle") && text != "0"
            case "/duty_cycle": (Int(text) ?? 0) <= number("period")
            case "/polarity": number("enable") == 0
            default: true
            }
        guard isAllowed else { throw CallFault(errno: EINVAL) }
    }

    private func record(_ call: String) throws(CallFault) {
        state.withLock { $0.trace.append(call) }
        try check(call)
    }

    private func check(_ call: String) throws(CallFault) {
        let failure = state.withLock { state -> Int32 in
            guard state.failures[call]?.isEmpty == false else { return 0 }
            return state.failures[call]?.removeFirst() ?? 0
        }
        guard failure == 0 else { throw CallFault(errno: failure) }
    }
}
