import Control
import Devices
import FixedPoint
import Realtime
import Synchronization
import TestSupport
import Testing

@Suite("TCLab on the tick")
struct TCLabTickTests {
    static func device() throws -> TCLabDevice {
        TCLabDevice(try TCLabSettings(path: "/nowhere", cycleNanoseconds: 100_000_000))
    }

    /// A loop that ticks while the acquisition is at work, and counts what that costs.
    final class Loop: Sendable {
        private let sensor: Mutex<DeviceSensor>
        private let actuator: Mutex<DeviceActuator>
        let counted = Mutex<AllocationCount?>(nil)
        let faults = Mutex(0)

        init(sensor: consuming DeviceSensor, actuator: consuming DeviceActuator) {
            self.sensor = Mutex(sensor)
            self.actuator = Mutex(actuator)
        }

        /// Not `for in`: without optimisation, iterating over a range allocates.
        func tick(times: Int32) {
            var tick: Int32 = 0
            while tick < times {
                let isRead = sensor.withLock { sensor in
                    do throws(SensorFault) { _ = try sensor.read() } catch { return false }
                    return true
                }
                let isDriven = actuator.withLock { actuator in
                    do throws(ActuatorFault) {
                        try actuator.drive(Q16_16(bits: tick), nowNanoseconds: 1)
                    } catch {
                        return false
                    }
                    return true
                }
                if !isRead || !isDriven { faults.withLock { $0 += 1 } }
                tick += 1
            }
        }
    }

    /// Without a fault: the test library itself allocates for every error thrown under it.
    @Test("reading and driving ask nothing of the heap, and nothing of the kernel that blocks")
    func costsNothing() throws {
        var device = try Self.device()
        let loop = Loop(
            sensor: try device.sensor(.t1),
            actuator: try device.actuator(
                .q1, safeLevel: Q16_16(bits: 0), maximumAgeNanoseconds: 1_000_000_000))
        let stop = StopFlag()
        var board = FakeBoard("1.4.3")
        let terminal = ScriptedTerminal { request in
            // The first request of the end: there is a reading and nothing is wrong.
            if request == "Q1 0" {
                loop.tick(times: 1)
                let counted = AllocationCounter.count { realtimeScope { loop.tick(times: 1000) } }
                loop.counted.withLock { $0 = counted }
            }
            if request == "SCAN" { stop.raise() }
            return board.answer(request)
        }
        guard var acquisition = device.acquisition(stop: stop, calls: terminal) else {
            Issue.record("no acquisition")
            return
        }
        acquisition.run()
        #expect(loop.counted.withLock { $0 } == AllocationCount.none)
        #expect(loop.faults.withLock { $0 } == 0)
    }

    @Test("before the first answer a sensor is stale and an actuator unacknowledged")
    func first() throws {
        var device = try Self.device()
        var sensor = try device.sensor(.t2)
        var actuator = try device.actuator(
            .q2, safeLevel: Q16_16(bits: 0), maximumAgeNanoseconds: 1_000_000_000)
        var sensorFault: SensorFault?
        do { _ = try sensor.read() } catch { sensorFault = error }
        #expect(sensorFault == .stale)
        var actuatorFault: ActuatorFault?
        do { try actuator.drive(Q16_16(bits: 0)) } catch { actuatorFault = error }
        #expect(actuatorFault == .unacknowledged)
    }

    @Test("each channel is given out once")
    func once() throws {
        var device = try Self.device()
        var faults: [TCLabSettingsFault] = []
        for _ in 0..<2 {
            do throws(TCLabSettingsFault) {
                _ = try device.sensor(.t1)
                _ = try device.actuator(
                    .q1, safeLevel: Q16_16(bits: 0), maximumAgeNanoseconds: 200_000_000)
            } catch {
                faults.append(error)
            }
        }
        #expect(faults == [.channelTaken("T1")])
    }

    @Test("an actuator whose commands would expire between two cycles is refused")
    func tooShort() throws {
        var device = try Self.device()
        var fault: TCLabSettingsFault?
        do {
            _ = try device.actuator(
                .q1, safeLevel: Q16_16(bits: 0), maximumAgeNanoseconds: 199_999_999)
        } catch {
            fault = error
        }
        #expect(
            fault
                == .maximumAgeTooShort(
                    foundNanoseconds: 199_999_999, neededNanoseconds: 200_000_000))
    }

    @Test(
        "a safe level that no heater has is refused", arguments: [-1, (100 << 16) + 1] as [Int32])
    func safeLevel(bits: Int32) throws {
        var device = try Self.device()
        var fault: TCLabSettingsFault?
        do {
            _ = try device.actuator(
                .q1, safeLevel: Q16_16(bits: bits), maximumAgeNanoseconds: 1_000_000_000)
        } catch {
            fault = error
        }
        #expect(fault == .safeLevelOutOfRange)
    }

    @Test(
        "deadlines and cycles have limits",
        arguments: [
            (9_999_999, 100_000_000), (2_000_000_001, 100_000_000), (50_000_000, 0),
            (50_000_000, 10_000_000_001),
        ] as [(UInt64, UInt64)])
    func limits(deadline: UInt64, cycle: UInt64) {
        #expect(throws: TCLabSettingsFault.self) {
            try TCLabSettings(
                path: "/p", deadlineNanoseconds: deadline, cycleNanoseconds: cycle)
        }
    }

    @Test(
        "the usual cycle is a quarter of the period, or of the shortest maximum age",
        arguments: [
            (1_000, 3_000, 250), (1_000, 800, 200), (100, 3_000, 100), (60_000, 60_000, 10_000),
        ]
            as [(UInt64, UInt64, UInt64)])
    func cycle(period: UInt64, age: UInt64, expected: UInt64) {
        let cycle = TCLabSettings.defaultCycleNanoseconds(
            periodNanoseconds: period * 1_000_000, shortestMaximumAgeNanoseconds: age * 1_000_000)
        #expect(cycle == expected * 1_000_000)
    }
}
