/// An input of a hardware monitor: `temp1` in C, `fan1` in rpm, `in0` in mV.
package struct HwmonInput: FileSource {
    package static let directory = "/sys/class/hwmon"

    private let device: String
    private let input: String
    private var path = ""
    private var faultPath: String?

    /// - Parameters:
    ///   - device: its directory, or better its name, since the numbers change between boots.
    ///   - input: `temp1`, `fan1`, `in0`.
    package init(device: String, input: String) {
        self.device = device
        self.input = input
    }

    package mutating func open(_ calls: some FileCalls) throws(BoardFault) {
        let directory = try SysfsText.directory(
            device, in: Self.directory, named: "name", calls)
        path = "\(directory)/\(input)_input"
        let files = try SysfsText.list(directory, calls)
        guard files.contains("\(input)_input") else { throw .notFound(path) }
        faultPath = files.contains("\(input)_fault") ? "\(directory)/\(input)_fault" : nil
    }

    package mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement {
        // The chip says that its sensor is open or shorted; its value is then none.
        if let faultPath, try read(faultPath, calls) != "0" { return .silent }
        return measurement(try read(path, calls), thousandths: input.hasPrefix("temp"))
    }
}
