/// A DS18B20 on a 1-Wire bus of the kernel. One reading takes up to 750 ms.
///
/// Read by `w1_slave`, whose nine bytes are checked here; by `temperature` where that is missing.
package struct DS18B20: FileSource {
    package static let directory = "/sys/bus/w1/devices"
    /// How far the reading before one of 85 C may lie from it. A sensor that lost its power says 85 C
    /// as well, and then the one before lies elsewhere.
    private static let powerOnNeighbourhood = 5.0

    private let serial: String
    private var last: Double?
    private var hasScratchpad = true

    /// - Parameter serial: as the bus names it, `28-0316a279f6ff`.
    package init(serial: String) { self.serial = serial }

    private var directory: String { "\(Self.directory)/\(serial)" }

    package mutating func open(_ calls: some FileCalls) throws(BoardFault) {
        last = nil
        do throws(CallFault) {
            hasScratchpad = try calls.list(directory).contains("w1_slave")
        } catch {
            throw BoardFault(directory, error)
        }
    }

    package mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement {
        let celsius: Double
        if hasScratchpad {
            guard let text = try read("\(directory)/w1_slave", calls) else { return .silent }
            guard let reply = DS18B20Reply(text) else { return .malformed }
            celsius = reply.celsius
        } else {
            guard let text = try read("\(directory)/temperature", calls) else { return .silent }
            guard let thousandths = SysfsText.number(text) else { return .malformed }
            celsius = thousandths / 1_000
        }
        guard isTrue(celsius) else { return .malformed }
        last = celsius
        return .value(celsius)
    }

    /// 85 C is believed only near the reading before; without one it is not.
    private func isTrue(_ celsius: Double) -> Bool {
        guard celsius == Double(DS18B20Reply.powerOnSixteenths) / 16 else { return true }
        guard let last else { return false }
        return (last - celsius).magnitude <= Self.powerOnNeighbourhood
    }
}
