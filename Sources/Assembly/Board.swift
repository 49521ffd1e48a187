package import Configuration
package import Devices
import FixedPoint
import ModelFile

/// A device of a configuration that a thread of its own serves by GPIO lines, files or a serial line,
/// with the tick's ends of its sensors and actuators.
///
/// A class, to have a place in an array; it belongs to the thread that composes and ends the program.
package final class Board {
    package let name: String
    package var device: BoardDevice
    /// By their places in `Settings.inputs` and `Settings.actuators`.
    private let inputs: [Int: InputChannel]
    private let outputs: [Int: OutputChannel]

    /// `nil` for a device of another kind. Opens nothing.
    ///
    /// - Parameter root: in front of `/dev` and `/sys`; empty but in tests.
    package init?(_ settings: Settings, device index: Int, root: String = "") {
        let device = settings.devices[index]
        switch device.driver {
        case .tclab, .simulated: return nil
        case .gpio, .pwm, .ds18b20, .iio, .hwmon, .thermal, .line, .modbus: break
        }
        name = device.name
        var units = BoardUnits(settings, device.driver, name: device.name, root: root)
        for (place, sensor) in settings.inputs.enumerated() where sensor.device.index == index {
            units.add(sensor, at: place)
        }
        for (place, actuator) in settings.actuators.enumerated()
        where actuator.device.index == index {
            units.add(actuator, at: place)
        }
        inputs = units.inputs
        outputs = units.outputs
        self.device = BoardDevice(name: device.name, units: units.all)
    }

    /// The sensor's port, once.
    package func sensor(_ index: Int) -> DeviceSensor? { inputs[index]?.takeSensor() }

    /// The actuator's port, once and before the start. One that is not taken is held at its safe
    /// level.
    package func actuator(_ index: Int) -> DeviceActuator? { outputs[index]?.takeActuator() }
}
