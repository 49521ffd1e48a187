import Control
import Devices
import FixedPoint
import Glibc
import Realtime
import Testing

/// The whole driver against the emulated board, which shares no code with it.
@Suite("Emulated TCLab", .serialized)
struct EmulatedTCLabTests {
    @Test(
        "each supported firmware is read and driven, and is off after a stop",
        arguments: ["1.3.0", "1.4.3", "2.0.1"], ["leonardo", "uno"])
    func works(firmware: String, board: String) throws {
        var bench = try Bench(firmware, board: board)
        try bench.ticksUntilWell(driving: 40)
        let celsius = (bench.reading?.value.bits ?? 0) >> 16
        #expect((15...40).contains(celsius))
        let second = try bench.emulator.status("Q2")
        #expect(second == 0)
        let isConfirmed = bench.device.stop()
        #expect(isConfirmed)
        let isOff = try bench.emulator.isOff()
        #expect(isOff)
        bench.tick(driving: 40)
        let faults = (bench.sensorFault, bench.actuatorFault)
        #expect(faults == (.disconnected, .disconnected))
    }

    @Test(
        "a firmware that is not driven is refused with its reason",
        arguments: [("1.01", "too old"), ("0.03", "0.03"), ("1.4.0", "without end")])
    func refused(firmware: String, reason: String) throws {
        var bench = try Bench(firmware)
        bench.ticks(driving: 40, until: "refused") { bench in
            if case .refused = bench.device.monitor.status { true } else { false }
        }
        guard case .refused(let refusal) = bench.device.monitor.status else { return }
        #expect(refusal.description.contains(reason))
        bench.tick(driving: 40)
        let faults = (bench.sensorFault, bench.actuatorFault)
        #expect(faults == (.disconnected, .disconnected))
        bench.device.stop()
        let isOff = try bench.emulator.isOff()
        #expect(isOff)
    }

    @Test(
        "each fault of the line is a fault of the sensor, and is over when it is over",
        arguments: [
            ("silence", [SensorFault.stale]), ("silence@now:deaf", [.stale]),
            ("garbage", [.malformed, .stale]), ("half", [.stale]), ("half@now:2", [.stale]),
            ("flood", [.malformed]), ("nan", [.malformed]), ("nan@now:both,inf", [.malformed]),
            ("slow", [.stale]), ("slow@now:150", [.stale, .malformed]),
            ("jump@now:-100", [.outOfRange]),
        ])
    func lineFault(spec: String, expected: [SensorFault]) throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault " + (spec.contains("@") ? spec : spec + "@now"))
        bench.ticks(driving: 40, until: "a fault") { bench in
            bench.sensorFault.map(expected.contains) ?? false
        }
        try bench.emulator.ask("clear")
        try bench.ticksUntilWell(driving: 50)
        bench.device.stop()
        let isOff = try bench.emulator.isOff()
        #expect(isOff)
    }

    @Test("a temperature that is no number leaves the other one alone")
    func oneIsNoNumber() throws {
        var bench = try Bench("2.0.1")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault nan@now:1")
        bench.ticks(driving: 40, until: "a fault of T1 alone") { bench in
            bench.sensorFault == .malformed && bench.secondFault == nil
        }
    }

    @Test(
        "a heater that reports another level than it was sent is a fault of the actuator",
        arguments: ["echo,1,20", "ignore,1"])
    func stuck(mode: String) throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault heater_stuck@now:" + mode)
        bench.ticks(driving: 60, until: "a mismatch, with good readings") { bench in
            bench.actuatorFault == .readBackMismatch && bench.reading != nil
        }
        let mismatches = bench.device.monitor.counters.mismatches
        #expect(mismatches > 0)
        try bench.emulator.ask("clear")
        try bench.ticksUntilWell(driving: 50)
    }

    @Test("a board that is pulled out is found again under its path, and driven again")
    func pulledOut() throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("disconnect")
        bench.ticks(driving: 40, until: "disconnected") { bench in
            bench.sensorFault == .disconnected && bench.actuatorFault == .disconnected
        }
        bench.ticks(driving: 40, until: "absent") { bench in
            bench.device.monitor.status == .absent(errno: ENOENT)
        }
        try bench.emulator.ask("reconnect")
        try bench.ticksUntilWell(driving: 50)
        let reconnects = bench.device.monitor.counters.reconnects
        #expect(reconnects == 1)
        let isConfirmed = bench.device.stop()
        #expect(isConfirmed)
    }

    @Test("a board that is deaf for long is opened anew, and driven again when it hears")
    func deafForLong() throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault silence@now:deaf")
        bench.ticks(driving: 40, until: "given up") { bench in
            bench.sensorFault == .disconnected && bench.actuatorFault == .disconnected
        }
        try bench.emulator.ask("clear")
        try bench.ticksUntilWell(driving: 50)
        let reconnects = bench.device.monitor.counters.reconnects
        #expect(reconnects == 1)
        let opens = try bench.emulator.status("opens")
        #expect(opens == 2)
    }

    @Test("a board that was reset by itself gets its levels again")
    func reset() throws {
        var bench = try Bench("1.4.3", board: "uno")
        try bench.ticksUntilWell(driving: 40)
        let boots = try bench.emulator.status("boots")
        try bench.emulator.ask("fault reset@now")
        try bench.ticks(driving: 40, until: "reset") { bench in
            try bench.emulator.status("boots") > boots
        }
        try bench.ticksUntilWell(driving: 40)
    }

    @Test("when the loop falls silent, the safe level is driven and said so")
    func silentLoop() throws {
        var bench = try Bench("1.4.3", safeLevel: 5)
        try bench.ticksUntilWell(driving: 40)
        try bench.ticks(driving: nil, until: "the safe level") { bench in
            try bench.emulator.status("Q1") == 5
        }
        // The board has the level before the loop can know: later requests follow its confirmation.
        let requests = bench.device.monitor.counters.requests
        bench.ticks(driving: nil, until: "confirmed") { bench in
            bench.device.monitor.counters.requests > requests + 1
        }
        bench.tick(driving: 40)
        let fault = bench.actuatorFault
        #expect(fault == .expired)
        let expiries = bench.device.monitor.counters.expiries
        #expect(expiries == 1)
        try bench.ticksUntilWell(driving: 40)
    }

    @Test("when the loop falls silent and the board cannot be heard, the safe level is sent")
    func silentLoopUnheard() throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault silence@now:mute")
        bench.ticks(driving: 40, until: "unacknowledged") { bench in
            bench.actuatorFault == .unacknowledged
        }
        try bench.ticks(driving: nil, until: "off") { bench in try bench.emulator.isOff() }
    }

    @Test("a stop turns off a board that cannot be heard, and says that it is not confirmed")
    func stopUnheard() throws {
        var bench = try Bench("1.4.3")
        try bench.ticksUntilWell(driving: 40)
        try bench.emulator.ask("fault silence@now:mute")
        let isConfirmed = bench.device.stop()
        #expect(!isConfirmed)
        let isOff = try bench.emulator.isOff()
        #expect(isOff)
    }

    @Test("letting go of the device turns the heaters off")
    func letGo() throws {
        let emulator = try Emulator("1.4.3")
        do {
            var device = TCLabDevice(
                try TCLabSettings(path: emulator.link, cycleNanoseconds: 20_000_000))
            _ = try device.actuator(
                .q2, safeLevel: Q16_16(bits: 30 << 16), maximumAgeNanoseconds: 300_000_000)
            try device.start()
            let limit = MonotonicClock.nowNanoseconds + Bench.patienceNanoseconds
            while try emulator.status("Q2") != 30, MonotonicClock.nowNanoseconds < limit {
                MonotonicClock.sleep(
                    untilNanoseconds: MonotonicClock.nowNanoseconds + Bench.tickNanoseconds)
            }
            let isOn = try emulator.status("Q2") == 30
            #expect(isOn)
        }
        let isOff = try emulator.isOff()
        #expect(isOff)
    }

    @Test(
        "the safe state is reached without a daemon, whatever the firmware",
        arguments: ["0.03", "1.01", "1.3.0", "1.4.0", "1.4.3", "2.0.1"])
    func safe(firmware: String) throws {
        let emulator = try Emulator(firmware)
        do {
            var port = try SerialPort(
                path: emulator.link, baud: 115_200, calls: SystemTerminalCalls())
            let limit = MonotonicClock.nowNanoseconds + Bench.patienceNanoseconds
            try port.write("Q1 60\n", deadlineNanoseconds: limit)
            while try emulator.status("pwm1") == 0, MonotonicClock.nowNanoseconds < limit {
                MonotonicClock.sleep(
                    untilNanoseconds: MonotonicClock.nowNanoseconds + Bench.tickNanoseconds)
            }
        }
        let wasOn = try emulator.status("pwm1") > 0
        #expect(wasOn)
        try TCLabSafe.drive(path: emulator.link)
        let isOff = try emulator.isOff()
        #expect(isOff)
    }
}
