import Control
import Devices
import FixedPoint
import Glibc
import Testing

@Suite("A bus of Modbus devices")
struct ModbusUnitTests {
    static let line = ModbusLine(
        path: "/dev/serial/by-id/rs485", baud: 19_200, parity: .even, stopBits: 1,
        deadlineNanoseconds: 50_000_000)
    static let heater = ModbusPlace(station: 2, table: .holding, address: 7)

    static func level(_ number: Double) -> Q16_16 { Q16_16(bits: Int32(number * 65_536)) }

    struct Taken: Error {}

    /// A transmitter at 1, a heater at 2 that is told 0 to 1000, and its coil that turns on.
    struct Bench: ~Copyable {
        let bus = ScriptedBus()
        let unit: ModbusUnit
        var sensor: DeviceSensor
        var heater: DeviceActuator
        var coil: DeviceActuator

        init(retries: Int = 1, safe: Double = 0) throws {
            let input = InputChannel(name: "t", scale: 0.1)
            let outputs = ["heater", "coil"].map { name in
                OutputChannel(
                    name: name, low: level(0), high: level(100), safeLevel: level(safe),
                    maximumAgeNanoseconds: 1_000_000_000)
            }
            guard let sensor = input.takeSensor(), let heater = outputs[0].takeActuator(),
                let coil = outputs[1].takeActuator()
            else { throw Taken() }
            self.sensor = sensor
            self.heater = heater
            self.coil = coil
            unit = ModbusUnit(
                name: "bus", line: line,
                timing: ModbusTiming(poll: 200_000_000, drive: 10_000_000, retries: retries),
                inputs: [
                    ModbusInput(
                        input, at: ModbusPlace(station: 1, table: .input, address: 0),
                        ModbusNumber(.i16))
                ],
                outputs: [
                    ModbusOutput(
                        outputs[0], at: ModbusUnitTests.heater, ModbusNumber(.u16), scale: 10),
                    ModbusOutput(
                        outputs[1], at: ModbusPlace(station: 2, table: .coil, address: 0),
                        ModbusNumber(.bit)),
                ],
                calls: bus)
            bus.values["1:input:0"] = [215]
        }

        func open() throws { try unit.open(nowNanoseconds: bus.nowNanoseconds) }

        /// Turns until a time from now on, as the thread of a board gives them.
        func serve(forNanoseconds duration: UInt64) throws {
            let end = bus.nowNanoseconds + duration
            while bus.nowNanoseconds < end {
                let next = try unit.serve(nowNanoseconds: bus.nowNanoseconds)
                bus.sleep(untilNanoseconds: min(next, end))
            }
        }
    }

    static let round = ["write 2:holding:7 [0]", "write 2:coil:0 [0]", "read 1:input:0 1"]

    // MARK: What it does

    @Test("a round is the outputs and then the sensors, one request each")
    func aRound() throws {
        var bench = try Bench()
        try bench.open()
        #expect(!bench.unit.isReady)
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(bench.bus.trace == ["open /dev/serial/by-id/rs485 19200 even 1"] + Self.round)
        #expect(bench.unit.isReady)
        let reading = try bench.sensor.read()
        #expect(reading.value == Self.level(21.5))
        // As old as its request, behind two answers.
        #expect(reading.timeNanoseconds == 1_000_000_000 + 2 * ScriptedBus.answerNanoseconds)
    }

    @Test("a new level is written at once, and again in the next round")
    func level() throws {
        var bench = try Bench()
        try bench.open()
        try bench.serve(forNanoseconds: 50_000_000)
        bench.bus.clearTrace()
        try bench.heater.drive(Self.level(33.33), nowNanoseconds: bench.bus.nowNanoseconds)
        try bench.coil.drive(Self.level(50), nowNanoseconds: bench.bus.nowNanoseconds)
        try bench.serve(forNanoseconds: 100_000_000)
        let written = ["write 2:holding:7 [333]", "write 2:coil:0 [1]"]
        #expect(bench.bus.trace == written)
        try bench.serve(forNanoseconds: 60_000_000)
        #expect(bench.bus.trace == written + written + ["read 1:input:0 1"])
    }

    @Test("a command that is too old gives way to the safe level, which the tick hears of")
    func expiry() throws {
        var bench = try Bench(safe: 100)
        try bench.open()
        try bench.heater.driveAnyway(Self.level(50), bench.bus.nowNanoseconds)
        try bench.serve(forNanoseconds: 1_000_000_000)
        #expect(bench.bus.values["2:holding:7"] == [500])
        try bench.serve(forNanoseconds: 30_000_000)
        #expect(bench.bus.values["2:holding:7"] == [1_000])
        #expect(bench.bus.values["2:coil:0"] == [1])
        #expect(throws: ActuatorFault.expired) {
            try bench.heater.drive(Self.level(50), nowNanoseconds: bench.bus.nowNanoseconds)
        }
    }

    // MARK: What goes wrong

    @Test(
        "a request without an answer, or with a damaged one, is repeated",
        arguments: [ModbusFault.timedOut, .malformed])
    func repeated(fault: ModbusFault) throws {
        var bench = try Bench()
        bench.bus.faults = [fault, nil, nil, fault, nil]
        try bench.open()
        try bench.serve(forNanoseconds: 150_000_000)
        #expect(
            Array(bench.bus.trace.dropFirst()) == [
                "write 2:holding:7 [0]", "write 2:holding:7 [0]", "write 2:coil:0 [0]",
                "read 1:input:0 1", "read 1:input:0 1",
            ])
        #expect(bench.unit.isReady)
        #expect(try bench.sensor.read().value == Self.level(21.5))
    }

    @Test("a damaged answer is malformed when it stays so")
    func malformed() throws {
        var bench = try Bench()
        bench.bus.faults = [nil, nil, .malformed, .malformed]
        try bench.open()
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(throws: SensorFault.malformed) { try bench.sensor.read() }
        #expect(!bench.unit.isReady)
    }

    @Test("an exception is not asked for twice")
    func exception() throws {
        var bench = try Bench(retries: 5)
        bench.bus.faults = [.exception(code: 2), nil, .exception(code: 2)]
        try bench.open()
        try bench.serve(forNanoseconds: 100_000_000)
        #expect(Array(bench.bus.trace.dropFirst()) == Self.round)
        #expect(throws: SensorFault.malformed) { try bench.sensor.read() }
        #expect(throws: ActuatorFault.unacknowledged) {
            try bench.heater.drive(Self.level(50), nowNanoseconds: bench.bus.nowNanoseconds)
        }
        #expect(!bench.unit.isReady)
    }

    @Test("a number that is none is malformed")
    func notANumber() throws {
        let input = InputChannel(name: "t")
        guard var sensor = input.takeSensor() else { throw Taken() }
        let bus = ScriptedBus()
        bus.values["1:input:0"] = [0x7FC0, 0]
        let unit = ModbusUnit(
            name: "bus", line: Self.line,
            timing: ModbusTiming(poll: 200_000_000, drive: 10_000_000, retries: 0),
            inputs: [
                ModbusInput(
                    input, at: ModbusPlace(station: 1, table: .input, address: 0),
                    ModbusNumber(.f32))
            ], outputs: [], calls: bus)
        try unit.open(nowNanoseconds: bus.nowNanoseconds)
        _ = try unit.serve(nowNanoseconds: bus.nowNanoseconds)
        #expect(bus.trace.last == "read 1:input:0 2")
        #expect(throws: SensorFault.malformed) { try sensor.read() }
        #expect(!unit.hasOutputs && unit.close())
    }

    @Test("one silent device leaves the others of the bus at work")
    func oneSilent() throws {
        var bench = try Bench()
        bench.bus.silent = [1]
        try bench.open()
        try bench.serve(forNanoseconds: 2_000_000_000)
        #expect(throws: SensorFault.stale) { try bench.sensor.read() }
        #expect(bench.bus.values["2:holding:7"] == [0])
        #expect(!bench.unit.isReady)
    }

    @Test("a level that changes with every request keeps no other output from its turn")
    func busy() throws {
        var bench = try Bench()
        try bench.open()
        try bench.coil.driveAnyway(Self.level(100), bench.bus.nowNanoseconds)
        for turn in 0..<40 {
            try bench.heater.driveAnyway(Self.level(Double(turn)), bench.bus.nowNanoseconds)
            _ = try bench.unit.serve(nowNanoseconds: bench.bus.nowNanoseconds)
        }
        #expect(bench.bus.values["2:coil:0"] == [1])
        #expect(bench.bus.trace.contains("read 1:input:0 1"))
    }

    @Test("a bus on which nobody answers is opened again, and its ports hear of it")
    func allSilent() throws {
        var bench = try Bench()
        bench.bus.silent = [1, 2]
        try bench.open()
        let fault = #expect(throws: BoardFault.self) {
            try bench.serve(forNanoseconds: 10_000_000_000)
        }
        #expect(fault == .silent(Self.line.path))
        // Each of the three twice: the whole round.
        #expect(bench.bus.trace.count == 1 + 6)
        bench.bus.clearTrace()
        bench.unit.lose()
        #expect(bench.bus.trace == ["write 2:holding:7 [0]", "close"])
        #expect(throws: SensorFault.disconnected) { try bench.sensor.read() }
        #expect(throws: ActuatorFault.disconnected) {
            try bench.heater.drive(Self.level(1), nowNanoseconds: bench.bus.nowNanoseconds)
        }
    }

    @Test("a line that cannot be opened says why", arguments: [ENOENT, EBUSY, EACCES])
    func notOpened(errno: Int32) throws {
        let bench = try Bench()
        bench.bus.openFaults = [.line(errno: errno)]
        let fault = #expect(throws: BoardFault.self) { try bench.open() }
        #expect(fault == .call(Self.line.path, errno: errno))
    }

    @Test("a line that goes away is lost, and served again when it is back", arguments: [0, 2])
    func gone(request: Int) throws {
        var bench = try Bench()
        bench.bus.faults = [ModbusFault?](repeating: nil, count: request) + [.line(errno: EIO)]
        try bench.open()
        let fault = #expect(throws: BoardFault.self) {
            try bench.serve(forNanoseconds: 100_000_000)
        }
        #expect(fault == .call(Self.line.path, errno: EIO))
        bench.unit.lose()
        bench.bus.clearTrace()
        try bench.open()
        try bench.serve(forNanoseconds: 50_000_000)
        #expect(Array(bench.bus.trace.dropFirst()) == Self.round)
        #expect(try bench.sensor.read().value == Self.level(21.5))
    }

    // MARK: The end

    @Test("the end writes every safe level, and closes the line when all are confirmed")
    func end() throws {
        let bench = try Bench(safe: 100)
        try bench.open()
        bench.bus.clearTrace()
        #expect(bench.unit.close())
        #expect(bench.bus.trace == ["write 2:holding:7 [1000]", "write 2:coil:0 [1]", "close"])
    }

    @Test("what was not confirmed is written again, and only that")
    func endAgain() throws {
        let bench = try Bench()
        try bench.open()
        bench.bus.clearTrace()
        bench.bus.faults = [.timedOut, nil, .exception(code: 4)]
        // The second attempt of the same call finds the heater last, and is refused.
        #expect(!bench.unit.close())
        #expect(bench.unit.close())
        #expect(
            bench.bus.trace == [
                "write 2:holding:7 [0]", "write 2:coil:0 [0]", "write 2:holding:7 [0]",
                "write 2:holding:7 [0]", "close",
            ])
    }

    @Test("flyball safe tries for its time, and says what was not driven")
    func driveSafe() throws {
        let bench = try Bench()
        bench.bus.silent = [2]
        let device = BoardDevice(name: "bus", units: [bench.unit])
        let faults = device.driveSafe(clock: BusClock(bus: bench.bus))
        #expect(faults.map(\.fault) == [.notDriven("bus")])
        #expect(bench.bus.nowNanoseconds >= 1_000_000_000 + BoardTiming.endLimit)
        bench.bus.silent = []
        #expect(device.driveSafe(clock: BusClock(bus: bench.bus)).isEmpty)
    }
}

/// The time that a scripted bus keeps. Unchecked: a test has one thread.
private struct BusClock: BoardClock, @unchecked Sendable {
    let bus: ScriptedBus

    var nowNanoseconds: UInt64 { bus.nowNanoseconds }

    func sleep(untilNanoseconds deadline: UInt64) { bus.sleep(untilNanoseconds: deadline) }
}
