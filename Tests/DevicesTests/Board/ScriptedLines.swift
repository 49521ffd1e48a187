import Devices
import Glibc
import Synchronization

/// GPIO chips in a test's hands: every call is recorded, lines have the values that the test gives
/// them, and calls fail as it says.
final class ScriptedLines: GPIOCalls {
    enum Call: String, CaseIterable, Sendable {
        case chips, chip, line, request, get, set, edges
    }

    private struct State {
        var chips: [(name: String, lines: [String])]
        var trace: [String] = []
        var failures: [Call: [Int32]] = [:]
        var requests: Int32 = 0
        var inputs: [Int32: UInt64] = [:]
        var edges: [(edges: [GPIOEdge], isOverflow: Bool)] = []
    }

    private let state: Mutex<State>

    /// - Parameter chips: with the names of their lines.
    init(_ chips: (name: String, lines: [String])...) {
        state = Mutex(State(chips: chips))
    }

    /// Two chips, of which each names its lines as boards do.
    static func board() -> ScriptedLines {
        ScriptedLines(
            (name: "gpiochip0", lines: ["", "GPIO1", "GPIO2", "GPIO3", "TWICE"]),
            (name: "gpiochip1", lines: ["FAR", "TWICE"]))
    }

    /// Requests and what was done with them; looking around is left out.
    var trace: [String] { state.withLock { $0.trace } }

    func clearTrace() { state.withLock { $0.trace = [] } }

    /// Makes the next calls of a kind fail, one after the other; 0 lets one pass.
    func fail(_ call: Call, with errnos: Int32...) {
        state.withLock { $0.failures[call, default: []] += errnos }
    }

    func setInputs(_ request: Int32, _ values: UInt64) {
        state.withLock { $0.inputs[request] = values }
    }

    /// What the next call for edges gets.
    func send(_ edges: [GPIOEdge], isOverflow: Bool = false) {
        state.withLock { $0.edges.append((edges, isOverflow)) }
    }

    // MARK: GPIOCalls

    func chips() throws(CallFault) -> [String] {
        try check(.chips)
        return state.withLock { $0.chips.map(\.name) }
    }

    func chip(_ name: String) throws(CallFault) -> GPIOChip {
        try check(.chip)
        let lines = state.withLock { state in
            state.chips.first { $0.name == name }?.lines.count
        }
        guard let lines else { throw CallFault(errno: ENOENT) }
        return GPIOChip(name: name, label: "test", lineCount: UInt32(lines))
    }

    func line(_ chip: String, offset: UInt32) throws(CallFault) -> GPIOLine {
        try check(.line)
        let name = state.withLock { state in
            state.chips.first { $0.name == chip }?.lines[Int(offset)]
        }
        return GPIOLine(name: name ?? "")
    }

    func request(
        _ chip: String, offsets: [UInt32], _ options: GPIOOptions, values: UInt64
    ) throws(CallFault) -> Int32 {
        let words = [
            "\(options.direction)", options.isActiveLow ? "active-low" : nil,
            options.bias == .asIs ? nil : "\(options.bias)",
            options.drive == .pushPull ? nil : "\(options.drive)",
        ]
        let text = words.compactMap { $0 }.joined(separator: " ")
        let lines = offsets.map { "\($0)" }.joined(separator: ",")
        try record(.request, "request \(chip) \(lines) \(text) \(values)")
        return state.withLock { state in
            state.requests += 1
            return state.requests - 1
        }
    }

    func get(_ request: Int32) throws(CallFault) -> UInt64 {
        try record(.get, "get \(request)")
        return state.withLock { $0.inputs[request] ?? 0 }
    }

    func set(_ request: Int32, values: UInt64) throws(CallFault) {
        try record(.set, "set \(request) \(values)")
    }

    func readEdges(_ request: Int32, into edges: inout [GPIOEdge]) throws(CallFault) -> Bool {
        edges.removeAll()
        try check(.edges)
        let next = state.withLock { state -> (edges: [GPIOEdge], isOverflow: Bool)? in
            state.edges.isEmpty ? nil : state.edges.removeFirst()
        }
        guard let next else { return false }
        edges = next.edges
        return next.isOverflow
    }

    func release(_ request: Int32) {
        state.withLock { $0.trace.append("release \(request)") }
    }

    func arm(_ request: Int32, values: UInt64) {
        state.withLock { $0.trace.append("arm \(request) \(values)") }
    }

    private func record(_ call: Call, _ text: String) throws(CallFault) {
        state.withLock { $0.trace.append(text) }
        try check(call)
    }

    private func check(_ call: Call) throws(CallFault) {
        let failure = state.withLock { state -> Int32 in
            guard state.failures[call]?.isEmpty == false else { return 0 }
            return state.failures[call]?.removeFirst() ?? 0
        }
        guard failure == 0 else { throw CallFault(errno: failure) }
    }
}
