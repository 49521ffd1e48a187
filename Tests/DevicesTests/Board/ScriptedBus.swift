import Devices

/// A bus in a test's hands: it records every request, keeps the time, and makes the next ones fail as told.
final class ScriptedBus: ModbusCalls {
    /// What a request takes, when it is answered.
    static let answerNanoseconds: UInt64 = 1_000_000

    private(set) var trace: [String] = []
    private(set) var nowNanoseconds: UInt64 = 1_000_000_000
    private var deadlineNanoseconds: UInt64 = 0
    /// By `station:table:address`.
    var values: [String: [UInt16]] = [:]
    /// Of the next requests, one each; `nil` lets one pass.
    var faults: [ModbusFault?] = []
    var openFaults: [ModbusFault] = []
    /// Stations that never answer.
    var silent: Set<UInt8> = []

    func clearTrace() { trace = [] }

    func sleep(untilNanoseconds deadline: UInt64) { nowNanoseconds = max(nowNanoseconds, deadline) }

    func open(_ line: ModbusLine) throws(ModbusFault) {
        trace.append("open \(line.path) \(line.baud) \(line.parity) \(line.stopBits)")
        deadlineNanoseconds = line.deadlineNanoseconds
        if !openFaults.isEmpty { throw openFaults.removeFirst() }
    }

    func close() { trace.append("close") }

    func read(_ place: ModbusPlace, count: Int) throws(ModbusFault) -> [UInt16] {
        let name = Self.name(place)
        trace.append("read \(name) \(count)")
        try request(place)
        return values[name] ?? [UInt16](repeating: 0, count: count)
    }

    func write(_ place: ModbusPlace, _ words: [UInt16]) throws(ModbusFault) {
        let name = Self.name(place)
        trace.append("write \(name) \(words)")
        try request(place)
        values[name] = words
    }

    private func request(_ place: ModbusPlace) throws(ModbusFault) {
        var fault = faults.isEmpty ? nil : faults.removeFirst()
        if silent.contains(place.station) { fault = .timedOut }
        nowNanoseconds +=
            fault == .timedOut ? deadlineNanoseconds : Self.answerNanoseconds
        if let fault { throw fault }
    }

    private static func name(_ place: ModbusPlace) -> String {
        "\(place.station):\(place.table):\(place.address)"
    }
}
