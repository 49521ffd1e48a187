/// A channel of an industrial I/O device: a converter, or a sensor with one.
///
/// Its value is `IIOFactors.value`, or what the file `_input` says, when there is one. Read one by
/// one; `IIOBuffer` has what the device captures by itself.
package struct IIOChannel: FileSource {
    package static let directory = "/sys/bus/iio/devices"

    private let device: String
    private let channel: String
    private var path = ""
    private var isProcessed = false
    private var factors = IIOFactors()

    /// - Parameters:
    ///   - device: its directory, or its name.
    ///   - channel: `voltage0`, `temp`.
    package init(device: String, channel: String) {
        self.device = device
        self.channel = channel
    }

    package mutating func open(_ calls: some FileCalls) throws(BoardFault) {
        let directory = try SysfsText.directory(
            device, in: Self.directory, named: "name", calls)
        let files = try SysfsText.list(directory, calls)
        isProcessed = files.contains("in_\(channel)_input")
        path = "\(directory)/in_\(channel)_" + (isProcessed ? "input" : "raw")
        guard isProcessed || files.contains("in_\(channel)_raw") else { throw .notFound(path) }
        guard !isProcessed else { return }
        factors = try IIOFactors(of: channel, files, in: directory, calls)
    }

    package mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement {
        guard let text = try read(path, calls) else { return .silent }
        guard let value = SysfsText.number(text) else { return .malformed }
        return .value(isProcessed ? value : factors.value(value))
    }
}
