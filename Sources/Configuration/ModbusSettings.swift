/// How a bus of Modbus RTU devices is reached.
package struct ModbusSettings: Equatable, Sendable {
    package var path: Located<String>
    package var baud: Int
    package var parity: SerialParity
    package var stopBits: Int
    /// Of one request.
    package var deadlineMilliseconds: Int
    /// From the begin of one round of requests to that of the next.
    package var pollMilliseconds: Int
    /// How often a request is repeated.
    package var retries: Int
}
