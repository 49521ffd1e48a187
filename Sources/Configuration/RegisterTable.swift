/// A table of a Modbus device; raw values are the user's words.
package enum RegisterTable: String, Sendable {
    case coil
    case discrete
    case holding
    case input

    var isBits: Bool { self == .coil || self == .discrete }
    var isWritable: Bool { self == .coil || self == .holding }
}
