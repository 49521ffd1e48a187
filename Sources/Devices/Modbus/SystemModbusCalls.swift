import CModbus
import CRealtime
import Glibc
import Realtime

/// libmodbus, RTU.
///
/// Safe: the context is made and freed here, and given to nobody.
@safe package final class SystemModbusCalls: ModbusCalls {
    private var context: OpaquePointer?

    package init() {}

    deinit { close() }

    package var nowNanoseconds: UInt64 { MonotonicClock.nowNanoseconds }

    package func open(_ line: ModbusLine) throws(ModbusFault) {
        close()
        let parity: UInt8 =
            switch line.parity {
            case .none: UInt8(ascii: "N")
            case .even: UInt8(ascii: "E")
            case .odd: UInt8(ascii: "O")
            }
        let made = unsafe modbus_new_rtu(
            line.path, Int32(line.baud), CChar(parity), 8, Int32(line.stopBits))
        guard let made = unsafe made else { throw .line(errno: errno) }
        unsafe context = made
        do throws(ModbusFault) {
            try check(unsafe modbus_connect(made))
            // The library keeps nobody else from the line.
            let status = flyball_rt_serial_claim(unsafe modbus_get_socket(made))
            guard status == 0 else { throw .line(errno: -status) }
            let microseconds = line.deadlineNanoseconds / 1_000
            try check(
                unsafe modbus_set_response_timeout(
                    made, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000)))
            // None between bytes: the whole answer has the deadline.
            try check(unsafe modbus_set_byte_timeout(made, 0, 0))
        } catch {
            close()
            // Whatever goes wrong here is the line's.
            guard case .line = error else { throw .line(errno: EIO) }
            throw error
        }
    }

    package func close() {
        guard let held = unsafe context else { return }
        flyball_rt_serial_release(unsafe modbus_get_socket(held))
        unsafe modbus_close(held)
        unsafe modbus_free(held)
        unsafe context = nil
    }

    package func read(_ place: ModbusPlace, count: Int) throws(ModbusFault) -> [UInt16] {
        let context = try unsafe begin(place)
        let address = Int32(place.address)
        let wanted = Int32(count)
        guard place.table.isBits else {
            var words = [UInt16](repeating: 0, count: count)
            let isHolding = place.table == .holding
            let status =
                unsafe isHolding
                ? modbus_read_registers(context, address, wanted, &words)
                : modbus_read_input_registers(context, address, wanted, &words)
            try check(status, wanted: wanted)
            return words
        }
        var bits = [UInt8](repeating: 0, count: count)
        let isCoil = place.table == .coil
        let status =
            unsafe isCoil
            ? modbus_read_bits(context, address, wanted, &bits)
            : modbus_read_input_bits(context, address, wanted, &bits)
        try check(status, wanted: wanted)
        return bits.map { UInt16($0) }
    }

    package func write(_ place: ModbusPlace, _ words: [UInt16]) throws(ModbusFault) {
        let context = try unsafe begin(place)
        let address = Int32(place.address)
        guard let first = words.first else { return }
        if place.table.isBits {
            try check(unsafe modbus_write_bit(context, address, first == 0 ? 0 : 1), wanted: 1)
        } else if words.count == 1 {
            try check(unsafe modbus_write_register(context, address, first), wanted: 1)
        } else {
            let count = Int32(words.count)
            try check(
                unsafe modbus_write_registers(context, address, count, words), wanted: count)
        }
    }

    /// What arrived late is thrown away: it must not answer the next request.
    private func begin(_ place: ModbusPlace) throws(ModbusFault) -> OpaquePointer {
        guard let context = unsafe context else { throw .line(errno: ENODEV) }
        try check(unsafe modbus_set_slave(context, Int32(place.station)))
        try check(unsafe modbus_flush(context))
        return unsafe context
    }

    private func check(_ status: Int32, wanted: Int32 = 0) throws(ModbusFault) {
        let code = errno
        guard status >= 0 else { throw Self.fault(code) }
        guard status >= wanted else { throw .malformed }
    }

    /// libmodbus adds its own numbers to those of the system.
    private static func fault(_ code: Int32) -> ModbusFault {
        let base = Int32(MODBUS_ENOBASE)
        guard code >= base else { return code == ETIMEDOUT ? .timedOut : .line(errno: code) }
        guard code > base, code < base + Int32(MODBUS_EXCEPTION_MAX) else {
            return .malformed
        }
        return .exception(code: UInt8(code - base))
    }
}
