/// A sensor of a bus.
package struct ModbusInput {
    let channel: InputChannel
    let place: ModbusPlace
    let number: ModbusNumber

    package init(_ channel: InputChannel, at place: ModbusPlace, _ number: ModbusNumber) {
        self.channel = channel
        self.place = place
        self.number = number
    }
}
