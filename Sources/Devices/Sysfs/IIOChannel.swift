/// A channel of an industrial I/O device: a converter, or a sensor with one.
///
/// Its value is `(raw + offset) * scale`, in mV, mA, milli-C as the kernel documents it
/// (Documentation/ABI/testing/sysfs-bus-iio), or what the file `_input` says, when there is one. Read
/// one by one: the buffers of such devices are not used.
package struct IIOChannel: FileSource {
    package static let directory = "/sys/bus/iio/devices"

    private let device: String
    private let channel: String
    private var path = ""
    private var isProcessed = false
    private var scale = 1.0
    private var offset = 0.0

    /// - Parameters:
    ///   - device: its directory, or its name.
    ///   - channel: `voltage0`, `temp`.
    package init(device: String, channel: String) {
        self.device = device
        self.channel = channel
    }

    package mutating func open(_ calls: some FileCalls) throws(BoardFault) {
        let directory = try directory(device, in: Self.directory, named: "name", calls)
        let files: [String]
        do throws(CallFault) {
            files = try calls.list(directory)
        } catch {
            throw BoardFault(directory, error)
        }
        isProcessed = files.contains("in_\(channel)_input")
        path = "\(directory)/in_\(channel)_" + (isProcessed ? "input" : "raw")
        guard isProcessed || files.contains("in_\(channel)_raw") else { throw .notFound(path) }
        guard !isProcessed else { return }
        scale = try factor("scale", files, directory, calls) ?? 1
        offset = try factor("offset", files, directory, calls) ?? 0
    }

    /// Of the channel itself, or of all of its kind: `in_voltage0_scale`, `in_voltage_scale`.
    private func factor(
        _ name: String, _ files: [String], _ directory: String, _ calls: some FileCalls
    ) throws(BoardFault) -> Double? {
        let kind = channel.prefix { !$0.isNumber }
        let file = ["in_\(channel)_\(name)", "in_\(kind)_\(name)"].first { files.contains($0) }
        guard let file else { return nil }
        let path = "\(directory)/\(file)"
        guard let factor = number(try require(path, calls)) else { throw .malformed(path) }
        return factor
    }

    package mutating func measure(_ calls: some FileCalls) throws(BoardFault) -> FileMeasurement {
        guard let text = try read(path, calls) else { return .silent }
        guard let value = number(text) else { return .malformed }
        return .value(isProcessed ? value : (value + offset) * scale)
    }
}
