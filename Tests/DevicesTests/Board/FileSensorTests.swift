import Control
import Devices
import Glibc
import Testing

@Suite("Sensors behind files")
struct FileSensorTests {
    static let start: UInt64 = 1_000_000_000

    let clock = TestClock()

    /// A unit that is open, and its trace cleared.
    func sensor<Source: FileSource>(
        _ source: Source, _ files: ScriptedFiles, _ input: ReadInput
    ) -> FileSensor<Source, ScriptedFiles, TestClock> {
        FileSensor(
            input.channel, source, cycleNanoseconds: 250_000_000, calls: files, clock: clock)
    }

    static func open<Source>(
        _ sensor: FileSensor<Source, ScriptedFiles, TestClock>
    ) -> BoardFault? {
        boardFault { () throws(BoardFault) in try sensor.open(nowNanoseconds: start) }
    }

    static func serve<Source>(
        _ sensor: FileSensor<Source, ScriptedFiles, TestClock>
    ) -> BoardFault? {
        boardFault { () throws(BoardFault) in _ = try sensor.serve(nowNanoseconds: start) }
    }

    // MARK: hwmon

    static let hwmon = [
        "/sys/class/hwmon/hwmon0/name": "nvme", "/sys/class/hwmon/hwmon0/temp1_input": "30000",
        "/sys/class/hwmon/hwmon1/name": "max31855",
        "/sys/class/hwmon/hwmon1/temp1_input": "-20250",
        "/sys/class/hwmon/hwmon1/fan1_input": "1450", "/sys/class/hwmon/hwmon1/in0_input": "3300",
    ]

    @Test("a monitor is found by its name; temperatures are in C, fans in rpm, voltages in mV")
    func names() throws {
        for (input, expected) in [("temp1", -20.25), ("fan1", 1450), ("in0", 3300)] {
            let files = ScriptedFiles(Self.hwmon)
            let read = ReadInput()
            let sensor = sensor(HwmonInput(device: "max31855", input: input), files, read)
            #expect(Self.open(sensor) == nil)
            #expect(Self.serve(sensor) == nil)
            #expect(read.reading == .success(expected))
            #expect(
                files.trace == [
                    "list /sys/class/hwmon", "read /sys/class/hwmon/hwmon0/name",
                    "read /sys/class/hwmon/hwmon1/name", "list /sys/class/hwmon/hwmon1",
                    "read /sys/class/hwmon/hwmon1/\(input)_input",
                ])
        }
    }

    @Test("a reading is as old as its begin, and the next comes a cycle after its end")
    func times() throws {
        let files = ScriptedFiles(Self.hwmon)
        let read = ReadInput()
        let sensor = sensor(HwmonInput(device: "nvme", input: "temp1"), files, read)
        try sensor.open(nowNanoseconds: Self.start)
        clock.advance(nanoseconds: 750_000_000)
        let next = try sensor.serve(nowNanoseconds: Self.start)
        #expect(read.timeNanoseconds == Self.start)
        #expect(next == Self.start + 1_000_000_000)
    }

    @Test("a sensor that the chip calls broken is no reading, whatever its value")
    func chipFault() throws {
        let fault = "/sys/class/hwmon/hwmon1/temp1_fault"
        let files = ScriptedFiles(Self.hwmon.merging([fault: "0"]) { $1 })
        let read = ReadInput()
        let sensor = sensor(
            HwmonInput(device: "/sys/class/hwmon/hwmon1", input: "temp1"), files, read)
        try sensor.open(nowNanoseconds: Self.start)
        #expect(Self.serve(sensor) == nil)
        #expect(read.reading == .success(-20.25))
        files[fault] = "1"
        #expect(Self.serve(sensor) == nil)
        #expect(read.reading == .failure(.disconnected))
    }

    @Test("what is not there, or there twice, is said")
    func absent() {
        let read = ReadInput()
        let twice = Self.hwmon.merging(["/sys/class/hwmon/hwmon2/name": "nvme"]) { $1 }
        let files = ScriptedFiles(twice)
        let root = "/sys/class/hwmon"
        #expect(
            Self.open(sensor(HwmonInput(device: "max6675", input: "temp1"), files, read))
                == .notFound("\(root): max6675"))
        #expect(
            Self.open(sensor(HwmonInput(device: "nvme", input: "temp1"), files, read))
                == .ambiguous("\(root): nvme"))
        #expect(
            Self.open(sensor(HwmonInput(device: "max31855", input: "temp9"), files, read))
                == .notFound("\(root)/hwmon1/temp9_input"))
        #expect(
            Self.open(sensor(HwmonInput(device: "\(root)/hwmon7", input: "temp1"), files, read))
                == .call("\(root)/hwmon7", errno: ENOENT))
        files.fail("list \(root)", with: EACCES)
        #expect(
            Self.open(sensor(HwmonInput(device: "max31855", input: "temp1"), files, read))
                == .call(root, errno: EACCES))
        files.fail("read \(root)/hwmon0/name", with: EIO)
        #expect(
            Self.open(sensor(HwmonInput(device: "max31855", input: "temp1"), files, read))
                == .call(root, errno: EIO))
    }

    @Test("a file that has no number, does not answer, or is gone")
    func reading() throws {
        let path = "/sys/class/hwmon/hwmon1/temp1_input"
        let files = ScriptedFiles(Self.hwmon)
        let read = ReadInput()
        let sensor = sensor(HwmonInput(device: "max31855", input: "temp1"), files, read)
        try sensor.open(nowNanoseconds: Self.start)
        for text in ["", "N/A", "nan", "inf"] {
            files[path] = text
            #expect(Self.serve(sensor) == nil)
            #expect(read.reading == .failure(.malformed))
        }
        files.fail("read \(path)", with: EIO)
        #expect(Self.serve(sensor) == nil)
        #expect(read.reading == .failure(.disconnected))
        files[path] = nil
        #expect(Self.serve(sensor) == .call(path, errno: ENOENT))
        sensor.lose()
        #expect(read.reading == .failure(.disconnected))
        #expect(sensor.close())
    }

    @Test("what no reading can hold is out of range")
    func tooLarge() throws {
        let files = ScriptedFiles(Self.hwmon)
        let read = ReadInput(scale: 100)
        let sensor = sensor(HwmonInput(device: "max31855", input: "fan1"), files, read)
        try sensor.open(nowNanoseconds: Self.start)
        #expect(Self.serve(sensor) == nil)
        #expect(read.reading == .failure(.outOfRange))
    }

    // MARK: Thermal zones

    @Test("a thermal zone is found by its type or its entry, in C")
    func thermal() throws {
        let files = ScriptedFiles([
            "/sys/class/thermal/cooling_device0/type": "fan",
            "/sys/class/thermal/thermal_zone0/type": "cpu-thermal",
            "/sys/class/thermal/thermal_zone0/temp": "48312",
        ])
        for zone in ["cpu-thermal", "thermal_zone0"] {
            let read = ReadInput()
            let sensor = sensor(ThermalZone(zone: zone), files, read)
            #expect(Self.open(sensor) == nil)
            #expect(Self.serve(sensor) == nil)
            #expect(read.reading == .success((48.312 * 65_536).rounded() / 65_536))
        }
        // A fan is no zone: it has no temperature.
        let path = "/sys/class/thermal/cooling_device0/temp"
        #expect(
            Self.open(sensor(ThermalZone(zone: "fan"), files, ReadInput()))
                == .call(path, errno: ENOENT))
    }

    // MARK: IIO

    static let iio = "/sys/bus/iio/devices/iio:device0"

    static func adc(_ files: [String: String]) -> ScriptedFiles {
        let all = files.merging(["name": "ads1115"]) { $1 }
        return ScriptedFiles(
            Dictionary(uniqueKeysWithValues: all.map { ("\(iio)/\($0.key)", $0.value) }))
    }

    func iioReading(
        _ channel: String, _ files: ScriptedFiles, _ read: ReadInput = ReadInput()
    ) -> Result<Double?, SensorFault> {
        let sensor = sensor(IIOChannel(device: "ads1115", channel: channel), files, read)
        #expect(Self.open(sensor) == nil)
        #expect(Self.serve(sensor) == nil)
        return read.reading
    }

    @Test("a converter's value is (raw + offset) times scale, its own or that of its kind")
    func iio() {
        let own = ["in_voltage0_raw": "100", "in_voltage0_scale": "0.125"]
        #expect(iioReading("voltage0", Self.adc(own)) == .success(12.5))
        let kind = ["in_voltage0_raw": "100", "in_voltage_scale": "2", "in_voltage_offset": "-40"]
        #expect(iioReading("voltage0", Self.adc(kind)) == .success(120))
        let both = own.merging(["in_voltage_scale": "7"]) { $1 }
        #expect(iioReading("voltage0", Self.adc(both)) == .success(12.5))
        #expect(iioReading("voltage0", Self.adc(["in_voltage0_raw": "42"])) == .success(42))
        let processed = ["in_temp_input": "21500", "in_temp_raw": "7", "in_temp_scale": "9"]
        #expect(iioReading("temp", Self.adc(processed)) == .success(21500))
        let scaled = ReadInput(scale: 0.1, offset: -50)
        #expect(
            iioReading("voltage0", Self.adc(["in_voltage0_raw": "750"]), scaled) == .success(25))
    }

    @Test("a scale that is no number, a channel or a device that is not there, are said")
    func iioFaults() {
        let source = IIOChannel(device: "ads1115", channel: "voltage0")
        let files = Self.adc(["in_voltage0_raw": "1", "in_voltage0_scale": "x"])
        #expect(
            Self.open(sensor(source, files, ReadInput()))
                == .malformed("\(Self.iio)/in_voltage0_scale"))
        files.fail("read \(Self.iio)/in_voltage0_scale", with: EIO)
        #expect(
            Self.open(sensor(source, files, ReadInput()))
                == .call("\(Self.iio)/in_voltage0_scale", errno: EIO))
        #expect(
            Self.open(sensor(source, Self.adc([:]), ReadInput()))
                == .notFound("\(Self.iio)/in_voltage0_raw"))
        let gone = IIOChannel(device: "\(Self.iio)9", channel: "voltage0")
        #expect(
            Self.open(sensor(gone, files, ReadInput())) == .call("\(Self.iio)9", errno: ENOENT))
        let wrong = Self.adc(["in_voltage0_raw": "one"])
        #expect(iioReading("voltage0", wrong) == .failure(.malformed))
        wrong.fail("read \(Self.iio)/in_voltage0_raw", with: ETIMEDOUT)
        #expect(iioReading("voltage0", wrong) == .failure(.disconnected))
    }
}
