import Control
import FixedPoint
import ModelFile
import TestSupport
import Testing

@Suite("The heap during ticks")
struct AllocationTests {
    /// An actuator without a trace, since a trace would grow.
    struct SilentActuator: Actuator {
        mutating func drive(_ output: Q16_16) throws(ActuatorFault) {}
    }

    /// A loop of both laws, fed with good ticks through its ports and with faults as values.
    ///
    /// A fault thrown by a port would be counted: the test library notes the place of every throw
    /// on the heap. Without it a throw of these faults allocates nothing.
    struct Runner {
        let instance: ControllerInstance
        var sensor = FakeSensor()
        var actuator = SilentActuator()
        var tick: UInt64 = 0
        var acted = 0
        var bridged = 0
        var excited = 0

        mutating func run(_ ticks: UInt64) {
            let end = tick + ticks
            while tick < end {
                tick += 1
                let phase = tick % 100
                let time = tick * LoopBench.period
                let isSilent = phase < 8
                sensor.reading = Reading(
                    value: Q16_16(bits: Int32(40 << 16) + Int32(phase) << 10),
                    timeNanoseconds: time)
                let input = TickInput(
                    tick: tick, timeNanoseconds: time, missedPeriods: phase == 50 ? 1 : 0,
                    reading: nil, readFault: isSilent ? .malformed : nil,
                    actuatorFault: phase > 95 ? .unacknowledged : nil,
                    target: Q16_16(bits: 50 << 16), requested: .learned,
                    manual: phase > 10 && phase < 45 ? Q16_16(bits: 50 << 16) : nil,
                    experiment: phase > 20 && phase < 45
                        ? HeatedBench.relay(1, number: UInt32(truncatingIfNeeded: tick / 100))
                        : nil)
                let record =
                    isSilent || phase > 95
                    ? instance.loop.step(input)
                    : instance.loop.tick(input, sensor: &sensor, actuator: &actuator)
                if record.state == SupervisorState.learned.rawValue { acted += 1 }
                if record.estimateAgeTicks > 0 { bridged += 1 }
                if record.source == CommandSource.relay.rawValue { excited += 1 }
            }
        }
    }

    @Test("ten thousand ticks of laws and experiments, with dropouts in them, ask nothing of it")
    func noAllocation() throws {
        let gains = PIDParameters(kp: 1.5, ki: 0.01, kd: 2, filter: 0.3, b: 0.5, tracking: 0.01)
        let instance = try ControllerInstance(
            parameters: LoopBench.parameters(gains), model: Model(pid: gains, periodSeconds: 1))
        var runner = Runner(instance: instance)
        runner.run(200)
        let count = AllocationCounter.count { runner.run(10_000) }
        #expect(runner.acted > 5_000 && runner.bridged > 500)
        #expect(runner.excited > 1_000)
        #expect(count == .none)
    }
}
