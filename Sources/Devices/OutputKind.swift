/// Kinds of outputs that die in different ways.
package enum OutputKind: String, Sendable, Encodable {
    case simulated
    /// A heater of the Temperature Control Lab, behind its own microcontroller.
    case tclab
    /// A line of a GPIO chip of the board.
    case gpioLine = "gpio line"
    /// A channel of /sys/class/pwm.
    case pwmChannel = "pwm channel"
    /// An output of a device of the user's own behind a serial line.
    case serialDevice = "serial device"
}
