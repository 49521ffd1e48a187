/// What only actuators of a board have.
package enum OutputSettings: Equatable, Sendable {
    case line(LineOutputSettings)
    case pulse(PulseOutputSettings)
    case exchange(ExchangeOutputSettings)
    case register(RegisterOutputSettings)
}
