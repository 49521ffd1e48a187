import Control
import Devices
import Glibc
import Testing

@Suite("PWM outputs")
struct PWMOutputTests {
    static let chip = "/sys/class/pwm/pwmchip0"
    static let cycle: UInt64 = 10_000_000
    static let start: UInt64 = 1_000_000_000
    /// The rules of kernels before 5.6: nothing is taken while there is no period.
    static let fresh = [
        "export": "", "pwm2/enable": "0", "pwm2/period": "0", "pwm2/duty_cycle": "0",
        "pwm2/polarity": "normal",
    ]

    static func files(_ changes: [String: String] = [:]) -> ScriptedFiles {
        let all = fresh.merging(changes) { $1 }
        return ScriptedFiles(
            Dictionary(uniqueKeysWithValues: all.map { ("\(chip)/\($0.key)", $0.value) }))
    }

    func output(
        _ driven: DrivenOutput, _ files: ScriptedFiles, low: UInt64 = 0, high: UInt64 = 40_000,
        period: UInt64 = 40_000, isInversed: Bool = false
    ) throws -> PWMOutput<ScriptedFiles> {
        let pulse = try #require(
            PWMPulse(
                periodNanoseconds: period, shortestNanoseconds: low, longestNanoseconds: high,
                isInversed: isInversed))
        return PWMOutput(
            driven.channel, chip: Self.chip, number: 2, pulse, cycleNanoseconds: Self.cycle,
            calls: files)
    }

    /// The trace without the directory in front.
    static func trace(_ files: ScriptedFiles) -> [String] {
        files.trace.map { $0.replacing("\(chip)/", with: "").replacing("pwm2/", with: "") }
    }

    @Test("exported, stopped, built up at the safe level; driven; stopped at the end")
    func life() throws {
        let files = Self.files()
        let driven = DrivenOutput()
        let output = try output(driven, files)
        try output.open(nowNanoseconds: Self.start)
        driven.drive(percent: 25, at: Self.start)
        #expect(try output.serve(nowNanoseconds: Self.start) == Self.start + Self.cycle)
        #expect(driven.drive(percent: 25, at: Self.start) == nil)
        _ = try output.serve(nowNanoseconds: Self.start)
        #expect(output.close())
        #expect(
            Self.trace(files) == [
                "write export 2", "hold enable", "arm enable 0", "write enable 0",
                "read duty_cycle", "write period 40000", "read polarity", "write duty_cycle 0",
                "write enable 1", "write duty_cycle 10000", "write duty_cycle 0",
                "write enable 0", "disarm 7", "release 6",
            ])
        #expect(files["\(Self.chip)/pwm2/enable"] == "0")
    }

    @Test("a channel that a dead process left running is stopped before anything else")
    func leftRunning() throws {
        let files = Self.files([
            "pwm2/enable": "1", "pwm2/period": "1000000", "pwm2/duty_cycle": "900000",
        ])
        files.fail("write \(Self.chip)/export", with: EBUSY)
        let output = try output(DrivenOutput(), files, isInversed: true)
        try output.open(nowNanoseconds: Self.start)
        #expect(
            Self.trace(files) == [
                "write export 2", "hold enable", "arm enable 0", "write enable 0",
                "read duty_cycle", "write duty_cycle 0", "write period 40000", "read polarity",
                "write polarity inversed", "write duty_cycle 0", "write enable 1",
            ])
    }

    @Test("an old kernel refuses to stop a channel that never had a period: then it does not run")
    func neverRan() throws {
        let files = Self.files()
        files.fail("write \(Self.chip)/pwm2/enable", with: EINVAL)
        let output = try output(DrivenOutput(), files)
        try output.open(nowNanoseconds: Self.start)
        #expect(files["\(Self.chip)/pwm2/enable"] == "1")
    }

    @Test("permissions come a while after the export: until then it is opened again")
    func permission() throws {
        let files = Self.files()
        files.fail("hold \(Self.chip)/pwm2/enable", with: ENOENT, EACCES)
        let driven = DrivenOutput()
        let output = try output(driven, files)
        for errno in [ENOENT, EACCES] {
            let fault = boardFault { () throws(BoardFault) in
                try output.open(nowNanoseconds: Self.start)
            }
            #expect(fault == .call("\(Self.chip)/pwm2/enable", errno: errno))
            #expect(driven.drive(percent: 0, at: Self.start) == .unacknowledged)
        }
        output.lose()
        try output.open(nowNanoseconds: Self.start)
        #expect(files["\(Self.chip)/pwm2/enable"] == "1")
    }

    @Test("a servo has its pulses at the ends of the range and stays at its safe place")
    func servo() throws {
        let files = Self.files()
        let driven = DrivenOutput("servo", safePercent: 50)
        let output = try output(
            driven, files, low: 1_000_000, high: 2_000_000, period: 20_000_000)
        try output.open(nowNanoseconds: Self.start)
        files.clearTrace()
        for percent in [0, 100, -5, 105] as [Int32] {
            driven.drive(percent: percent, at: Self.start)
            _ = try output.serve(nowNanoseconds: Self.start)
        }
        #expect(output.close())
        #expect(
            Self.trace(files) == [
                "write duty_cycle 1000000", "write duty_cycle 2000000",
                "write duty_cycle 1000000", "write duty_cycle 2000000",
                "write duty_cycle 1500000", "write enable 1", "disarm 7", "release 6",
            ])
        #expect(files["\(Self.chip)/pwm2/enable"] == "1")
    }

    @Test("a command that is too old gives way to the safe level: a fan goes to its full speed")
    func expired() throws {
        let files = Self.files()
        let driven = DrivenOutput("fan", safePercent: 100)
        let output = try output(driven, files, low: 8_000)
        try output.open(nowNanoseconds: Self.start)
        driven.drive(percent: 0, at: Self.start)
        _ = try output.serve(nowNanoseconds: Self.start)
        #expect(files["\(Self.chip)/pwm2/duty_cycle"] == "8000")
        let late = Self.start + DrivenOutput.maximumAgeNanoseconds + 1
        _ = try output.serve(nowNanoseconds: late)
        #expect(files["\(Self.chip)/pwm2/duty_cycle"] == "40000")
        #expect(driven.drive(percent: 0, at: late) == .expired)
    }

    @Test(
        "each file that refuses at the start is named",
        arguments: [
            "write export", "hold pwm2/enable", "arm pwm2/enable", "read pwm2/duty_cycle",
            "write pwm2/period", "read pwm2/polarity",
            "write pwm2/duty_cycle",
        ])
    func refuses(call: String) throws {
        let files = Self.files()
        let parts = call.split(separator: " ")
        let path = "\(Self.chip)/\(parts[1])"
        files.fail("\(parts[0]) \(path)", with: EPERM)
        let output = try output(DrivenOutput(), files)
        let fault = boardFault { () throws(BoardFault) in
            try output.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call(path, errno: EPERM))
        output.lose()
        #expect(files["\(Self.chip)/pwm2/enable"] == "0")
    }

    @Test("a channel that another process holds is left running, whatever happens here")
    func heldByAnother() throws {
        let files = Self.files(["pwm2/enable": "1", "pwm2/period": "40000"])
        files.fail("write \(Self.chip)/export", with: EBUSY)
        files.fail("hold \(Self.chip)/pwm2/enable", with: EBUSY)
        let driven = DrivenOutput()
        let output = try output(driven, files)
        let fault = boardFault { () throws(BoardFault) in
            try output.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("\(Self.chip)/pwm2/enable", errno: EBUSY))
        output.lose()
        #expect(Self.trace(files) == ["write export 2", "hold enable"])
        #expect(driven.drive(percent: 0, at: Self.start) == .disconnected)
    }

    @Test("a fan that was stopped and not started again runs at its safe level at the end")
    func stoppedHalfway() throws {
        let files = Self.files(["pwm2/enable": "1", "pwm2/period": "40000"])
        files.fail("write \(Self.chip)/pwm2/period", with: EIO)
        let output = try output(DrivenOutput("fan", safePercent: 100), files, low: 8_000)
        let fault = boardFault { () throws(BoardFault) in
            try output.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("\(Self.chip)/pwm2/period", errno: EIO))
        #expect(files["\(Self.chip)/pwm2/enable"] == "0")
        output.lose()
        #expect(files["\(Self.chip)/pwm2/duty_cycle"] == "40000")
        #expect(files["\(Self.chip)/pwm2/enable"] == "1")
    }

    @Test("a polarity that the chip has not is said", arguments: [EINVAL, ENOTSUP])
    func polarity(errno: Int32) throws {
        let files = Self.files()
        files.fail("write \(Self.chip)/pwm2/polarity", with: errno)
        let output = try output(DrivenOutput(), files, isInversed: true)
        let fault = boardFault { () throws(BoardFault) in
            try output.open(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("\(Self.chip)/pwm2/polarity", errno: errno))
    }

    @Test("a write that fails is heard by the loop, and the channel is stopped all the same")
    func writeFails() throws {
        let files = Self.files()
        let driven = DrivenOutput()
        let output = try output(driven, files)
        try output.open(nowNanoseconds: Self.start)
        driven.drive(percent: 50, at: Self.start)
        files.fail("write \(Self.chip)/pwm2/duty_cycle", with: EIO, EIO)
        let fault = boardFault { () throws(BoardFault) in
            _ = try output.serve(nowNanoseconds: Self.start)
        }
        #expect(fault == .call("\(Self.chip)/pwm2/duty_cycle", errno: EIO))
        output.lose()
        #expect(files["\(Self.chip)/pwm2/enable"] == "0")
        #expect(driven.drive(percent: 50, at: Self.start) == .disconnected)
    }

    @Test("an end that is refused is tried again")
    func refusesEnd() throws {
        let files = Self.files()
        let output = try output(DrivenOutput(), files)
        try output.open(nowNanoseconds: Self.start)
        files.fail("write \(Self.chip)/pwm2/enable", with: EIO)
        files.clearTrace()
        #expect(!output.close())
        #expect(output.close())
        #expect(Self.trace(files).last == "release 6")
        #expect(files["\(Self.chip)/pwm2/enable"] == "0")
    }

    @Test("pulses that are out of order are none")
    func pulses() {
        let wrong: [(UInt64, UInt64, UInt64)] = [(0, 0, 0), (10, 5, 5), (10, 6, 5), (10, 0, 11)]
        for (period, low, high) in wrong {
            #expect(
                PWMPulse(
                    periodNanoseconds: period, shortestNanoseconds: low, longestNanoseconds: high,
                    isInversed: false) == nil)
        }
    }
}
