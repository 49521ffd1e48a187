import Configuration
import Devices
import FixedPoint
import ModelFile

/// Makes the units of a board from the sensors and actuators of a configuration.
struct BoardUnits {
    private(set) var inputs: [Int: InputChannel] = [:]
    private(set) var outputs: [Int: OutputChannel] = [:]

    private let driver: Driver
    private let name: String
    private let files: SystemFileCalls
    private let lines: SystemGPIOCalls
    private let clock = SystemBoardClock()
    private let periodNanoseconds: UInt64

    private var units: [any BoardUnit] = []
    private var lineInputs: [GPIOInput] = []
    private var lineOutputs: [GPIOOutput] = []
    private var exchanges: ExchangeParts?
    private var bus: ModbusParts?
    private var captured: [IIOInput] = []

    init(_ settings: Settings, _ driver: Driver, name: String, root: String) {
        self.driver = driver
        self.name = name
        files = SystemFileCalls(root: root)
        lines = SystemGPIOCalls(directory: root + "/dev")
        periodNanoseconds = UInt64(settings.periodMilliseconds) * 1_000_000
        if case .line(let line) = driver { exchanges = ExchangeParts(line) }
        if case .modbus(let modbus) = driver { bus = ModbusParts(modbus) }
    }

    /// Twice a period, at least every 10 ms: a command is no older than half a period when it is
    /// driven.
    private var driveNanoseconds: UInt64 { min(max(periodNanoseconds / 2, 1_000_000), 10_000_000) }

    /// Twice a period: a reading is no older than that, and what the sensor itself needs.
    private var readNanoseconds: UInt64 {
        min(max(periodNanoseconds / 2, 10_000_000), 5_000_000_000)
    }

    /// All units, outputs first: they get the first turn of the thread, and of its end.
    var all: [any BoardUnit] {
        var all: [any BoardUnit] = []
        if !lineOutputs.isEmpty {
            all.append(
                GPIOOutputs(
                    name: name, lineOutputs, cycleNanoseconds: driveNanoseconds, calls: lines))
        }
        all += units
        if let exchanges {
            all.append(exchanges.unit(name: name, driveNanoseconds: driveNanoseconds))
        }
        if let bus { all.append(bus.unit(name: name, driveNanoseconds: driveNanoseconds)) }
        if case .iio(let chip, .some(let trigger)) = driver, !captured.isEmpty {
            all.append(
                IIOBuffer(
                    name: name, device: chip.value, trigger: trigger.value, inputs: captured,
                    cycleNanoseconds: min(readNanoseconds, 100_000_000), calls: files))
        }
        if !lineInputs.isEmpty {
            all.append(
                GPIOInputs(
                    name: name, lineInputs, cycleNanoseconds: driveNanoseconds, calls: lines))
        }
        return all
    }

    // MARK: Sensors

    mutating func add(_ sensor: SensorSettings, at place: Int) {
        guard let input = sensor.input else { return }
        let channel = InputChannel(name: sensor.name, scale: input.scale, offset: input.offset)
        inputs[place] = channel
        let written = sensor.channel.value
        switch driver {
        case .gpio:
            if let line = input.line { add(channel, at: written, line) }
        case .ds18b20: units.append(unit(channel, DS18B20(serial: written)))
        case .iio(let chip, .none):
            units.append(unit(channel, IIOChannel(device: chip.value, channel: written)))
        case .iio(_, .some): captured.append(IIOInput(channel, written))
        case .hwmon(let chip):
            units.append(unit(channel, HwmonInput(device: chip.value, input: written)))
        case .thermal: units.append(unit(channel, ThermalZone(zone: written)))
        case .line:
            if let exchange = input.exchange { exchanges?.add(channel, written, exchange) }
        case .modbus:
            if let register = input.register { bus?.add(channel, register) }
        case .tclab, .pwm, .simulated: break
        }
    }

    private func unit(_ channel: InputChannel, _ source: some FileSource) -> any BoardUnit {
        FileSensor(
            channel, source, cycleNanoseconds: readNanoseconds, calls: files, clock: clock)
    }

    private mutating func add(
        _ channel: InputChannel, at written: String, _ line: LineInputSettings
    ) {
        let places = [written, line.channelB?.value].compactMap { $0 }
        let addresses = places.compactMap { GPIOAddress($0) }
        let bias = GPIOOptions.Bias(line.bias)
        let debounce = UInt64(line.debounceMicroseconds) * 1_000
        guard let measure = EdgeMeasure(line.measure) else {
            guard let address = addresses.first else { return }
            lineInputs.append(
                GPIOInput(
                    channel, at: address,
                    GPIOOptions(.input, isActiveLow: line.isActiveLow, bias: bias),
                    debounceNanoseconds: debounce))
            return
        }
        let direction = measure == .quadrature ? GPIOOptions.Direction.edges : .rising
        units.append(
            GPIOCounter(
                channel, measure, at: addresses,
                GPIOOptions(direction, isActiveLow: line.isActiveLow, bias: bias),
                blankNanoseconds: debounce,
                idleNanoseconds: UInt64(line.idleMilliseconds) * 1_000_000,
                windowNanoseconds: min(readNanoseconds, 1_000_000_000), calls: lines))
    }

    // MARK: Actuators

    mutating func add(_ actuator: ActuatorSettings, at place: Int) {
        // The reader has checked that every number fits.
        guard let output = actuator.output, let low = Q16_16(actuator.low),
            let high = Q16_16(actuator.high), let safe = Q16_16(actuator.safe)
        else { return }
        let channel = OutputChannel(
            name: actuator.name, low: low, high: high, safeLevel: safe,
            maximumAgeNanoseconds: UInt64(actuator.maxAgeMilliseconds) * 1_000_000)
        outputs[place] = channel
        switch output {
        case .line(let line):
            guard let address = GPIOAddress(actuator.channel.value) else { return }
            lineOutputs.append(
                GPIOOutput(
                    channel, at: address,
                    GPIOOptions(
                        .output, isActiveLow: line.isActiveLow, bias: GPIOOptions.Bias(line.bias),
                        drive: GPIOOptions.Drive(line.drive)),
                    proportion: TimeProportion(line)))
        case .pulse(let pulse):
            guard case .pwm(let path) = driver, let number = UInt32(actuator.channel.value),
                let pulse = PWMPulse(pulse)
            else { return }
            units.append(
                PWMOutput(
                    channel, chip: path.value, number: number, pulse,
                    cycleNanoseconds: driveNanoseconds, calls: files))
        case .exchange(let output): exchanges?.add(channel, actuator.channel.value, output)
        case .register(let output): bus?.add(channel, output)
        }
    }
}

extension EdgeMeasure {
    /// `nil` for a level, which has no edges.
    fileprivate init?(_ measure: LineMeasure) {
        switch measure {
        case .level: return nil
        case .frequency: self = .frequency
        case .period: self = .period
        case .count: self = .count
        case .quadrature: self = .quadrature
        }
    }
}

extension GPIOOptions.Bias {
    fileprivate init(_ bias: LineBias) {
        switch bias {
        case .asIs: self = .asIs
        case .disabled: self = .disabled
        case .pullUp: self = .pullUp
        case .pullDown: self = .pullDown
        }
    }
}

extension GPIOOptions.Drive {
    fileprivate init(_ drive: LineDrive) {
        switch drive {
        case .pushPull: self = .pushPull
        case .openDrain: self = .openDrain
        case .openSource: self = .openSource
        }
    }
}

extension TimeProportion {
    /// `nil` for a line that follows its level.
    fileprivate init?(_ line: LineOutputSettings) {
        guard let window = line.windowMilliseconds else { return nil }
        self.init(
            windowNanoseconds: UInt64(window) * 1_000_000,
            shortestOnNanoseconds: UInt64(line.shortestOnMilliseconds) * 1_000_000,
            shortestOffNanoseconds: UInt64(line.shortestOffMilliseconds) * 1_000_000)
    }
}

extension PWMPulse {
    /// Rounded to whole nanoseconds, which the kernel counts in; `nil` when nothing is left of the
    /// difference.
    fileprivate init?(_ pulse: PulseOutputSettings) {
        func nanoseconds(_ microseconds: Double) -> UInt64 {
            UInt64((microseconds * 1_000).rounded())
        }
        self.init(
            periodNanoseconds: nanoseconds(pulse.periodMicroseconds),
            shortestNanoseconds: nanoseconds(pulse.shortestMicroseconds),
            longestNanoseconds: nanoseconds(pulse.longestMicroseconds),
            isInversed: pulse.isInversed)
    }
}
