/// What makes a converter's number a value: `(raw + offset) * scale`, in mV, mA, milli-C as the kernel
/// documents it (Documentation/ABI/testing/sysfs-bus-iio).
struct IIOFactors: Equatable, Sendable {
    private(set) var scale = 1.0
    private(set) var offset = 0.0

    init() {}

    /// Of the channel itself, or of all of its kind: `in_voltage0_scale`, `in_voltage_scale`.
    ///
    /// - Parameters:
    ///   - channel: `voltage0`, `temp`.
    ///   - files: the names in the device's directory.
    init(
        of channel: String, _ files: [String], in directory: String, _ calls: some FileCalls
    ) throws(BoardFault) {
        scale = try Self.factor("scale", channel, files, directory, calls) ?? 1
        offset = try Self.factor("offset", channel, files, directory, calls) ?? 0
    }

    func value(_ raw: Double) -> Double { (raw + offset) * scale }

    private static func factor(
        _ name: String, _ channel: String, _ files: [String], _ directory: String,
        _ calls: some FileCalls
    ) throws(BoardFault) -> Double? {
        let kind = channel.prefix { !$0.isNumber }
        let file = ["in_\(channel)_\(name)", "in_\(kind)_\(name)"].first { files.contains($0) }
        guard let file else { return nil }
        let path = "\(directory)/\(file)"
        guard let factor = SysfsText.number(try SysfsText.require(path, calls)) else {
            throw .malformed(path)
        }
        return factor
    }
}
