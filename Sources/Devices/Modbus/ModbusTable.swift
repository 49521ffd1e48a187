/// What a Modbus device has: four tables of up to 65536 places each.
package enum ModbusTable: Sendable {
    /// Bits that are read and written.
    case coil
    /// Bits that are only read.
    case discrete
    /// Registers of 16 bits that are read and written.
    case holding
    /// Registers of 16 bits that are only read.
    case input

    var isBits: Bool { self == .coil || self == .discrete }
}
