/// What speaks to a device, with the keys that only this driver has.
package enum Driver: Equatable, Sendable {
    /// The serial Temperature Control Lab.
    case tclab(path: Located<String>, deadlineMilliseconds: Int)
    /// The lines of all GPIO chips.
    case gpio
    /// A chip of `/sys/class/pwm`, by its directory.
    case pwm(path: Located<String>)
    /// The DS18B20 of all 1-Wire buses.
    case ds18b20
    /// A device of the industrial I/O subsystem, by its name or directory; with a trigger it captures by
    /// itself.
    case iio(chip: Located<String>, trigger: Located<String>?)
    /// A hardware monitor, by its name or directory.
    case hwmon(chip: Located<String>)
    /// The thermal zones.
    case thermal
    /// A device that answers lines of text, as the configuration describes them.
    case line(LineDeviceSettings)
    /// The Modbus RTU devices on one serial line.
    case modbus(ModbusSettings)
    /// The plant of `Settings.simulation`, which is there when a device has this driver.
    case simulated
}
