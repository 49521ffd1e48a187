import Control
import FixedPoint
import Foundation
import GatedMemory
import ModelFile
import Testing

/// A run that is cut off and taken up again, beside one that is not.
@Suite("Laws that are taken over from an earlier run")
struct ResumeTests {
    /// Every feature, five units with cells of their own, an integrator with a gate.
    private static func loop() throws -> ControllerInstance {
        var parameters = try LawBench.parameters()
        // A gap that no command is too old for.
        parameters.supervisor.actuatorFaultTicks = 4
        parameters.pid = PIDParameters(
            kp: 1.5, ki: 0.02, kd: 3, filter: 0.3, b: 0.7, tracking: 0.05, measurementFilter: 0.4)
        return try ControllerInstance(parameters: parameters, model: try SmallModel.gated())
    }

    /// Tick `index` of a plant that nobody moves: a measurement that wanders.
    private static func input(_ index: Int, missed: UInt32 = 0) -> TickInput {
        let units = 50 + Double((index * 37) % 23) * 0.4
        let time = UInt64(index + 1) * 1_000_000_000
        return TickInput(
            tick: UInt64(index), timeNanoseconds: time, missedPeriods: missed,
            reading: Reading(value: Q16_16(units) ?? Q16_16(bits: 0), timeNanoseconds: time),
            readFault: nil, actuatorFault: nil,
            target: Q16_16(bits: Int32(55 + index / 40) << 16), requested: .learned)
    }

    @Test("command what they would have without the cut, bit for bit")
    func bitIdentical() throws {
        let first = try Self.loop()
        for index in 0..<100 { _ = first.loop.step(Self.input(index)) }
        let second = try Self.loop()
        let memory = first.loop.memory
        let learned = try #require(memory.learned)
        // The test would show nothing if the cells were empty.
        #expect((0..<5).contains { learned.network.cells[$0].value != 0 })
        let secondTook = second.loop.resume(memory, withinTicks: 10)
        #expect(secondTook)
        // Shorter than any limit: the run that went on is one whose periods were missed.
        let gap = 2
        let goneOn = first.loop.step(Self.input(100 + gap, missed: UInt32(gap)))
        let resumed = second.loop.step(Self.input(100 + gap))
        #expect(resumed.pidCommand == goneOn.pidCommand)
        #expect(resumed.learnedCommand == goneOn.learnedCommand)
        #expect(resumed.integrator == goneOn.integrator)
        #expect(resumed.forgetGate == goneOn.forgetGate)
    }

    @Test("stay the same for as long as they are told the same")
    func longRun() throws {
        let bench = try LawBench(SmallModel.gated(), PIDParameters(kp: 1.5, ki: 0.02, kd: 3))
        let other = try LawBench(SmallModel.gated(), PIDParameters(kp: 1.5, ki: 0.02, kd: 3))
        func measurement(_ index: Int) -> Double { 0.5 + 0.1 * sin(Double(index) / 7) }
        for index in 0..<200 {
            let (learned, fixed) = bench.update(0.6, measurement(index))
            bench.settle(min(1, max(0, learned)), min(1, max(0, fixed)))
        }
        other.law.restore(bench.law.memory)
        other.pid.restore(bench.pid.memory)
        for index in 200..<1_200 {
            let one = bench.update(0.6, measurement(index))
            let two = other.update(0.6, measurement(index))
            #expect(one == two)
            bench.settle(min(1, max(0, one.0)), min(1, max(0, one.1)))
            other.settle(min(1, max(0, two.0)), min(1, max(0, two.1)))
        }
    }

    @Test("begin at the safe level, and go to the command at the slew rate")
    func outputBeginsSafe() throws {
        let first = try Self.loop()
        for index in 0..<100 { _ = first.loop.step(Self.input(index)) }
        var parameters = first.loop.parameters
        parameters.slewPerTick = 1 << 20
        let second = try ControllerInstance(
            parameters: parameters, model: try SmallModel.gated())
        let secondTook = second.loop.resume(first.loop.memory, withinTicks: 10)
        #expect(secondTook)
        let record = second.loop.step(Self.input(101))
        #expect(record.state == SupervisorState.learned.rawValue)
        #expect(record.applied.bits.magnitude <= 1 << 20)
    }

    @Test("wait for the first measurement with what they bring along")
    func waits() throws {
        let first = try Self.loop()
        for index in 0..<100 { _ = first.loop.step(Self.input(index)) }
        let (prompt, late) = (try Self.loop(), try Self.loop())
        let promptTook = prompt.loop.resume(first.loop.memory, withinTicks: 10)
        #expect(promptTook)
        let lateTook = late.loop.resume(first.loop.memory, withinTicks: 10)
        #expect(lateTook)
        // One of the silent ticks comes after missed periods, longer than a command may be old.
        for index in 0..<4 {
            var silent = Self.input(index, missed: index == 2 ? 4 : 0)
            silent.reading = nil
            silent.readFault = .stale
            let record = late.loop.step(silent)
            #expect(record.applied == .zero)
            #expect(record.state == SupervisorState.safe.rawValue)
        }
        let (one, two) = (prompt.loop.step(Self.input(20)), late.loop.step(Self.input(20)))
        #expect(one.pidCommand == two.pidCommand)
        #expect(one.learnedCommand == two.learnedCommand)
    }

    @Test("begin anew when no measurement comes while they are young enough")
    func tooOld() throws {
        let first = try Self.loop()
        for index in 0..<100 { _ = first.loop.step(Self.input(index)) }
        let (fresh, late) = (try Self.loop(), try Self.loop())
        let lateTook = late.loop.resume(first.loop.memory, withinTicks: 3)
        #expect(lateTook)
        for index in 0..<4 {
            var silent = Self.input(index)
            silent.reading = nil
            silent.readFault = .stale
            _ = late.loop.step(silent)
            _ = fresh.loop.step(silent)
        }
        for index in 4..<50 {
            let (one, two) = (late.loop.step(Self.input(index)), fresh.loop.step(Self.input(index)))
            #expect(one == two)
        }
    }

    @Test("are refused when they are none of these, and change nothing then")
    func refused() throws {
        let first = try Self.loop()
        for index in 0..<100 { _ = first.loop.step(Self.input(index)) }
        let good = first.loop.memory
        var broken: [LawMemory] = []
        func breaking(_ change: (inout LawMemory) -> Void) {
            var memory = good
            change(&memory)
            broken.append(memory)
        }
        breaking { $0.learned = nil }
        breaking { $0.pid.integrator = .max }
        breaking { $0.pid.unclipped = .min }
        breaking { $0.pid.filtered = .min }
        breaking { $0.pid.previous = .max }
        breaking { $0.pid.derivative = .min }
        breaking { $0.learned?.network.hidden[3] = .min }
        breaking { $0.learned?.network.cells[4].residue = .min }
        breaking { $0.learned?.integrator.residue = .min }
        breaking { $0.learned?.unclipped = .min }
        for memory in broken {
            let (fresh, other) = (try Self.loop(), try Self.loop())
            let otherTook = other.loop.resume(memory, withinTicks: 10)
            #expect(!otherTook)
            let (one, two) = (fresh.loop.step(Self.input(0)), other.loop.step(Self.input(0)))
            #expect(one == two)
        }
        let late = try Self.loop()
        let lateTook = late.loop.resume(good, withinTicks: 0)
        #expect(!lateTook)
    }
}
