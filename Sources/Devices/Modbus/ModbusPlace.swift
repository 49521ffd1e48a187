/// Where a value of a bus is.
package struct ModbusPlace: Equatable, Sendable {
    /// The device on the bus, 1 ... 247.
    package let station: UInt8
    package let table: ModbusTable
    /// As it goes over the line: the first is 0. Handbooks that write 40001 mean holding register 0.
    package let address: UInt16

    package init(station: UInt8, table: ModbusTable, address: UInt16) {
        self.station = station
        self.table = table
        self.address = address
    }
}
