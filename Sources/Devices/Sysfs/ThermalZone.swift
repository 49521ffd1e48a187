/// A thermal zone of the kernel, in C: the temperature of the board's processor, mostly.
package struct ThermalZone: FileSource {
    package static let directory = "/sys/class/thermal"

    private let zone: String
    private var path = ""

    /// - Parameter zone: its type, `cpu-thermal`, or its entry, `thermal_zone0`.
    package init(zone: String) { self.zone = zone }

    package mutating func open(_ calls: some FileCalls) throws(BoardFault) {
        let directory = try SysfsText.directory(
            zone, in: Self.directory, named: "type", calls)
        path = "\(directory)/temp"
        _ = try SysfsText.require(path, calls)
    }

    package mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement {
        measurement(try read(path, calls), thousandths: true)
    }
}
