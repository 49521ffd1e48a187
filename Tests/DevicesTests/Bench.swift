import Control
import Devices
import FixedPoint
import Realtime
import Testing

/// A TCLab device on an emulator, with a loop that only passes commands.
struct Bench: ~Copyable {
    /// How long anything may take before a test fails: generous, for busy machines.
    static let patienceNanoseconds: UInt64 = 20_000_000_000
    static let maximumAgeNanoseconds: UInt64 = 300_000_000
    /// Between two ticks.
    static let tickNanoseconds: UInt64 = 5_000_000

    let emulator: Emulator
    var device: TCLabDevice
    private var t1: DeviceSensor
    private var t2: DeviceSensor
    private var q1: DeviceActuator

    /// What the last tick found.
    private(set) var reading: Reading?
    private(set) var sensorFault: SensorFault?
    private(set) var secondFault: SensorFault?
    private(set) var actuatorFault: ActuatorFault?

    /// Starts emulator and device; the second heater has no actuator.
    init(_ firmware: String, board: String = "leonardo", safeLevel: Int32 = 0) throws {
        let emulator = try Emulator(firmware, board: board)
        var device = TCLabDevice(
            try TCLabSettings(
                path: emulator.link, deadlineNanoseconds: 100_000_000,
                cycleNanoseconds: 20_000_000))
        let t1 = try device.sensor(.t1)
        let t2 = try device.sensor(.t2)
        let q1 = try device.actuator(
            .q1, safeLevel: Q16_16(bits: safeLevel << 16),
            maximumAgeNanoseconds: Self.maximumAgeNanoseconds)
        try device.start()
        self.emulator = emulator
        self.device = device
        self.t1 = t1
        self.t2 = t2
        self.q1 = q1
    }

    /// Reads, and drives when there is a level.
    mutating func tick(driving percent: Int32?) {
        reading = nil
        sensorFault = nil
        secondFault = nil
        actuatorFault = nil
        do { reading = try t1.read() } catch { sensorFault = error }
        do { _ = try t2.read() } catch { secondFault = error }
        guard let percent else { return }
        do { try q1.drive(Q16_16(bits: percent << 16)) } catch { actuatorFault = error }
    }

    /// Ticks until the condition holds; records an issue when it does not within the patience.
    mutating func ticks(
        driving percent: Int32?, until what: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: (borrowing Bench) throws -> Bool
    ) rethrows {
        let limit = MonotonicClock.nowNanoseconds + Self.patienceNanoseconds
        repeat {
            tick(driving: percent)
            if try condition(self) { return }
            MonotonicClock.sleep(
                untilNanoseconds: MonotonicClock.nowNanoseconds + Self.tickNanoseconds)
        } while MonotonicClock.nowNanoseconds < limit
        let state =
            "\(what): never; sensor \(String(describing: sensorFault)), "
            + "actuator \(String(describing: actuatorFault)), \(device.monitor.status), "
            + "\(device.monitor.counters)"
        Issue.record(Comment(rawValue: state), sourceLocation: sourceLocation)
    }

    /// Ticks until readings come, the heater is at the level, and nothing is wrong.
    mutating func ticksUntilWell(
        driving percent: Int32, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try ticks(driving: percent, until: "all is well", sourceLocation: sourceLocation) { bench in
            guard bench.reading != nil, bench.secondFault == nil, bench.actuatorFault == nil else {
                return false
            }
            return try bench.emulator.status("Q1") == Double(percent)
        }
    }
}
