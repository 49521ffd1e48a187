import Control

extension FeatureSource {
    /// All of them by the names that people write.
    static let byName: KeyValuePairs<String, FeatureSource> = [
        "error": .error, "measurement_change": .measurementChange,
        "setpoint_change": .setpointChange, "command_change": .commandChange,
        "measurement": .measurement, "setpoint": .setpoint, "command": .command,
        "constant": .constant,
    ]

    var name: String {
        Self.byName.first { $0.value == self }?.key ?? "\(rawValue)"
    }
}
