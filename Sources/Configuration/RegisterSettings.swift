/// Where a value of a Modbus is, and how it stands there.
package struct RegisterSettings: Equatable, Sendable {
    /// 1 ... 247.
    package var station: Int
    package var table: RegisterTable
    /// As it goes over the line: the first is 0.
    package var address: Int
    /// Nil for a bit.
    package var type: RegisterType?
    package var wordOrder: WordOrder

    /// The place in `station:table:address`; `nil` for another text.
    static func place(_ channel: String) -> (station: Int, table: RegisterTable, address: Int)? {
        guard
            let match = channel.wholeMatch(
                of: /([1-9][0-9]{0,2}):(coil|discrete|holding|input):(0|[1-9][0-9]{0,4})/),
            let station = Int(match.1), (1...247).contains(station),
            let table = RegisterTable(rawValue: String(match.2)),
            let address = Int(match.3), address <= 65_535
        else { return nil }
        return (station, table, address)
    }
}
