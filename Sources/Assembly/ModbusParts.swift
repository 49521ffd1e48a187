import Configuration
import Devices

/// Gathers what is on one bus.
struct ModbusParts {
    private let settings: ModbusSettings
    private var inputs: [ModbusInput] = []
    private var outputs: [ModbusOutput] = []

    init(_ settings: ModbusSettings) { self.settings = settings }

    mutating func add(_ channel: InputChannel, _ register: RegisterSettings) {
        inputs.append(
            ModbusInput(channel, at: ModbusPlace(register), ModbusNumber(register)))
    }

    mutating func add(_ channel: OutputChannel, _ output: RegisterOutputSettings) {
        outputs.append(
            ModbusOutput(
                channel, at: ModbusPlace(output.register), ModbusNumber(output.register),
                scale: output.scale, offset: output.offset))
    }

    func unit(name: String, driveNanoseconds: UInt64) -> any BoardUnit {
        let line = ModbusLine(
            path: settings.path.value, baud: UInt32(settings.baud),
            parity: ModbusLine.Parity(settings.parity), stopBits: UInt8(settings.stopBits),
            deadlineNanoseconds: UInt64(settings.deadlineMilliseconds) * 1_000_000)
        let timing = ModbusTiming(
            poll: UInt64(settings.pollMilliseconds) * 1_000_000, drive: driveNanoseconds,
            retries: settings.retries)
        return ModbusUnit(
            name: name, line: line, timing: timing, inputs: inputs, outputs: outputs,
            calls: SystemModbusCalls())
    }
}

extension ModbusPlace {
    /// The reader has checked the limits.
    fileprivate init(_ register: RegisterSettings) {
        self.init(
            station: UInt8(register.station), table: ModbusTable(register.table),
            address: UInt16(register.address))
    }
}

extension ModbusTable {
    fileprivate init(_ table: RegisterTable) {
        switch table {
        case .coil: self = .coil
        case .discrete: self = .discrete
        case .holding: self = .holding
        case .input: self = .input
        }
    }
}

extension ModbusNumber {
    fileprivate init(_ register: RegisterSettings) {
        let form: Form =
            switch register.type {
            case nil: .bit
            case .u16: .u16
            case .i16: .i16
            case .u32: .u32
            case .i32: .i32
            case .f32: .f32
            }
        self.init(form, isLowWordFirst: register.wordOrder == .lowFirst)
    }
}

extension ModbusLine.Parity {
    fileprivate init(_ parity: SerialParity) {
        switch parity {
        case .none: self = .none
        case .even: self = .even
        case .odd: self = .odd
        }
    }
}
