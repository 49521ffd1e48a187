/// A whole configuration after every check that needs no hardware and no other file.
///
/// References are resolved, defaults are filled in, and every number fits Q16.16. Values that only
/// a later check can judge (plant, parameters, model, paths) keep their places.
package struct Settings: Equatable, Sendable {
    /// The file as the user named it.
    package var path: String
    /// The file's text as it was read: records carry it.
    package var text: String
    package var name: String
    package var periodMilliseconds: Int
    package var overrun: OverrunPolicy
    /// Overruns, among the last `overrunWindow` ticks, at which `OverrunPolicy.safe` acts.
    package var overrunLimit: Int
    package var overrunWindow: Int
    package var realtime: RealtimeSettings
    package var simulation: SimulationSettings?
    package var devices: [DeviceSettings]
    package var sensors: [SensorSettings]
    package var actuators: [ActuatorSettings]
    package var loops: [LoopSettings]
    package var interlocks: [InterlockSettings]
    /// Nil means that nothing is recorded.
    package var record: RecordSettings?
    /// Nil means that no socket is opened.
    package var control: ControlSettings?

    /// What is read on devices: the sensors, then the interlocks.
    package var inputs: [SensorSettings] { sensors + interlocks.map(\.sensor) }

    /// The interlocks that concern a loop, as bits.
    package func interlocks(ofLoop index: Int) -> UInt8 {
        interlocks.indices.reduce(0) { bits, place in
            interlocks[place].loop ?? index == index ? bits | 1 << UInt8(place) : bits
        }
    }

    /// A path that the user wrote, as the program opens it: a relative one starts at the directory
    /// of the configuration file.
    package func resolve(_ written: String) -> String {
        guard !written.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return written }
        return path[...slash] + written
    }

    /// The error for something that a later check found at a place of this file.
    package func error(
        at position: Position, key: String, found: String, allowed: String = "",
        suggestion: String? = nil
    ) -> ConfigurationError {
        ConfigurationError(
            Problem(
                path: path, position: position, key: key, found: found, allowed: allowed,
                suggestion: suggestion))
    }
}
